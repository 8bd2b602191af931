package io.namespend.reporter.delivery;

import static io.namespend.reporter.delivery.TestReceipts.WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ReceiptKeyTest {
  private static final List<String> PIECES =
      List.of(
          "a", "_", " ", "  ", "\t", "\n", "%", "%20", "=", "+", "/", "\u00a0", "\u2028", "é", "💸",
          "\u0000");

  /** What tenants and settings call their teams, channels and addresses. */
  @Test
  void noTwoHaveTheSameText() {
    Random random = new Random(19);
    Map<String, ReceiptKey> keys = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      ReceiptKey key = new ReceiptKey(WEEK, name(random), name(random), name(random));

      assertThat(key.toString().split(" ", -1)).hasSize(6);
      assertThat(key.toString()).doesNotContain("\n", "\t", "=");
      assertThat(ReceiptKey.parse(key.toString())).hasValue(key);
      ReceiptKey known = keys.put(key.toString(), key);
      assertThat(known).isIn(null, key);
    }
  }

  @Test
  void plainNamesStayReadable() {
    assertThat(new ReceiptKey(WEEK, "team/café-1", "slack:#a_b", "x@example.com"))
        .hasToString("digest 2026-11-16T00:00:00Z 168h team/café-1 slack:#a_b x@example.com");
  }

  private static String name(Random random) {
    StringBuilder name = new StringBuilder();
    for (int n = random.nextInt(4); n > 0; n--) {
      name.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return name.toString();
  }
}
