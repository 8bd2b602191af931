package io.namespend.reporter.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AuditKeyTest {
  @Test
  void leadsToTheSeries() {
    AuditKey key = key("eu-1", "checkout", Item.ofResource("cpu"), "payments");

    assertThat(key.text())
        .isEqualTo(
            "ledger_line:cost:sum1h/2026-10/eu-1/checkout/resource=cpu/payments/cc-1/-/0.1.0");
    assertThat(AuditKey.parse(key.text())).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-", "a/b", "=cmd|' /C calc'!A0", "über 100 %", "+ *~", "\n", "--"})
  void survivesHostileNames(String name) {
    AuditKey key = key(name, name, Item.ofPool(name), name);

    assertThat(key.text()).matches("[A-Za-z0-9_.:/=%-]+");
    assertThat(AuditKey.parse(key.text())).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "ledger_line:cost:sum1h/2026-10/a/b/resource=/c/d/e/f",
        "ledger_line:cost:sum1h/2026-10/a/b/resource=-/c/d/e/f",
        "ledger_line:cost:sum1h/2026-10/a/b/node=x/c/d/e/f",
        "ledger_line:cost:sum1h/2026-10/a/b/resource=cpu/c/d/e",
        "ledger_line:cost:sum1h/2026-10/a%2/b/resource=cpu/c/d/e/f",
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> AuditKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("audit key");
  }

  private static AuditKey key(String cluster, String namespace, Item item, String team) {
    return new AuditKey(
        "2026-10", new LineKey(new Owner("cc-1", team, ""), cluster, namespace, item), "0.1.0");
  }
}
