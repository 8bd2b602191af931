package io.namespend.ledger.books;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.ledger.bill.LineClass;
import io.namespend.ledger.price.EffectivePrices;
import io.namespend.ledger.rules.BillSettings.Commitments;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More charges than memory holds at once: they are written in parts, which add up. */
class LargeBillTest {
  private static final int RESOURCES = 31_000;

  @TempDir private Path folder;

  @Test
  void partsAddUp() throws IOException {
    Path file = folder.resolve("bill.csv.gz");
    try (Writer out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
      out.write(
          "line_item_line_item_type,line_item_unblended_cost,line_item_usage_start_date,line_item_usage_end_date,line_item_product_code,line_item_usage_type,line_item_resource_id,line_item_currency_code,line_item_usage_amount,pricing_unit\n");
      for (int hour = 0; hour < 2; hour++) {
        for (int i = 0; i < RESOURCES; i++) {
          out.write(
              "Usage,0.1000000001,%s,%s,AmazonEC2,BoxUsage:m5.large,i-%06d,USD,1,Hrs%n"
                  .formatted(CurFile.at(hour), CurFile.at(hour + 1), i));
        }
      }
    }

    try (OpenBooks books = new OpenBooks(folder)) {
      ImportResult result = books.importFile(file);

      assertThat(result.version().lines()).isEqualTo(2 * RESOURCES);
      assertThat(
              books
                  .store()
                  .totals(result.version())
                  .getOrDefault(LineClass.RESOURCE, io.namespend.ledger.store.Sums.NONE)
                  .costs()
                  .billed())
          // 62,000 x 0.1000000001
          .hasToString("6200.0000062");
      EffectivePrices prices = new EffectivePrices(books.store(), Commitments.AS_BILLED, 3);
      assertThat(prices.size()).isEqualTo(RESOURCES);
      assertThat(prices.bill()).contains("i-000000,0.1000000001,USD", "i-030999,0.1000000001,USD");
    }
  }
}
