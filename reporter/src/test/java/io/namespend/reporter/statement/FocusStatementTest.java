package io.namespend.reporter.statement;

import static io.namespend.reporter.statement.Statements.SHOP;
import static io.namespend.reporter.statement.Statements.october;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.namespend.foundation.csv.Csv;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Held against the rules of FOCUS 1.3. */
final class FocusStatementTest {
  /** Never null, except where a rule below says so. */
  private static final Set<String> MANDATORY =
      Set.of(
          "BilledCost",
          "BillingAccountId",
          "BillingAccountName",
          "BillingCurrency",
          "BillingPeriodEnd",
          "BillingPeriodStart",
          "ChargeCategory",
          "ChargeClass",
          "ChargeDescription",
          "ChargePeriodEnd",
          "ChargePeriodStart",
          "ContractedCost",
          "EffectiveCost",
          "HostProviderName",
          "InvoiceIssuerName",
          "ListCost",
          "PricingQuantity",
          "PricingUnit",
          "ProviderName",
          "PublisherName",
          "ServiceCategory",
          "ServiceName",
          "ServiceProviderName");

  private static final Set<String> CATEGORIES =
      Set.of("Compute", "Storage", "Networking", "Management and Governance", "Other");

  private static final JsonMapper JSON = new JsonMapper();

  private final List<Csv.Row> file = Csv.read(FocusStatement.render(october(SHOP)));
  private final List<String> header = file.get(0).cells();
  private final List<Map<String, String>> rows = rows();

  @Test
  void hasTheMandatoryColumnsAndOurOwnBehindThem() {
    assertThat(header).containsAll(MANDATORY).doesNotHaveDuplicates();
    List<String> own = header.stream().filter(name -> name.startsWith("x_")).toList();
    assertThat(header.subList(header.size() - own.size(), header.size())).isEqualTo(own);
    assertThat(header).allMatch(name -> name.matches("(x_)?[A-Z][A-Za-z]{1,48}"));
  }

  @Test
  void valuesAreOfTheirKind() {
    for (Map<String, String> row : rows) {
      MANDATORY.stream()
          .filter(name -> !name.equals("ChargeClass"))
          .forEach(name -> assertThat(row.get(name)).as(name).isNotEmpty());
      assertThat(row).doesNotContainValue("NULL").containsEntry("ChargeClass", "");
      assertThat(row.get("ChargeCategory")).isEqualTo("Usage");
      assertThat(row.get("ServiceCategory")).isIn(CATEGORIES);
      assertThat(row.get("BillingCurrency")).matches("[A-Z]{3}");
      for (String time :
          List.of(
              "BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd")) {
        assertThat(row.get(time)).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
      }
      // A provider that is not the issuer would be a third party, whose BilledCost is 0.
      assertThat(row.get("InvoiceIssuerName")).isEqualTo(row.get("ProviderName"));
    }
  }

  @Test
  void costsAddUpToTheTotal() {
    for (String column : List.of("BilledCost", "EffectiveCost", "ContractedCost", "ListCost")) {
      assertThat(
              rows.stream()
                  .map(row -> new BigDecimal(row.get(column)))
                  .reduce(BigDecimal.ZERO, BigDecimal::add))
          .isEqualTo("100.01");
    }
  }

  @Test
  void allocationsOfAnOriginAddUpToOne() throws JsonProcessingException {
    Map<String, BigDecimal> ratios = new HashMap<>();
    for (Map<String, String> row : rows) {
      JsonNode details = JSON.readTree(row.get("AllocatedMethodDetails"));
      assertThat(details.path("Elements")).hasSize(1);
      ratios.merge(
          row.get("ResourceId"),
          new BigDecimal(details.at("/Elements/0/AllocatedRatio").asText()),
          BigDecimal::add);
      assertThat(details.at("/Elements/0/UsageUnit").asText()).isEqualTo(row.get("PricingUnit"));
    }
    assertThat(ratios.values()).allMatch(sum -> sum.compareTo(BigDecimal.ONE) == 0);
  }

  @Test
  void whatNobodyBearsIsTheRemainder() throws JsonProcessingException {
    Map<String, String> remainder = rows.get(0);
    Map<String, String> allocated = rows.get(1);

    assertThat(remainder)
        .containsEntry("AllocatedResourceId", "")
        .containsEntry("AllocatedResourceName", "")
        .containsEntry("AllocatedMethodId", "unallocated");
    assertThat(allocated)
        .containsEntry("AllocatedResourceId", "cluster/search")
        .containsEntry("AllocatedResourceName", "search")
        .containsEntry("ResourceId", "cluster/resource/memory");
    assertThat(JSON.readTree(allocated.get("AllocatedTags")))
        .isEqualTo(JSON.readTree("{\"team\":\"web\",\"cost_center\":\"cc-1\"}"));
  }

  private List<Map<String, String>> rows() {
    List<Map<String, String>> read = new ArrayList<>();
    for (Csv.Row row : file.subList(1, file.size())) {
      Map<String, String> cells = new HashMap<>();
      for (int i = 0; i < header.size(); i++) {
        cells.put(header.get(i), row.cells().get(i));
      }
      read.add(cells);
    }
    return read;
  }
}
