package io.namespend.reporter.delivery;

import static io.namespend.reporter.delivery.TestReceipts.WEEK;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConfigMapLogTest {
  private static final String MAPS = "/api/v1/namespaces/costs/configmaps/";

  private final StandInKubernetes kubernetes = StandInKubernetes.start();

  @AfterEach
  void stop() {
    kubernetes.close();
  }

  @Test
  void createsAMapThenAddsToIt() {
    ConfigMapLog log = log();
    assertThat(log.load(WEEK)).isEmpty();

    log.add(key(WEEK, "company", "slack:#a", "message"), "C1/2");
    log.add(key(WEEK, "company", "mail", "a@example.com"), "sent");
    log.add(key(WEEK, "team/data eng", "mail", "b=c@example.com"), "sent");

    assertThat(log().load(WEEK))
        .isEqualTo(
            Map.of(
                "digest 2026-11-16T00:00:00Z 168h company slack:#a message", "C1/2",
                "digest 2026-11-16T00:00:00Z 168h company mail a@example.com", "sent",
                "digest 2026-11-16T00:00:00Z 168h team/data%20eng mail b%3Dc@example.com", "sent"));
    assertThat(kubernetes.paths())
        .hasSize(2)
        .allMatch(path -> path.matches(MAPS + "delivered-[01][0-9a-f]"));
    assertThat(kubernetes.calls().stream().filter(call -> call.startsWith("PATCH"))).hasSize(1);
    assertThat(kubernetes.calls().stream().filter(call -> call.startsWith("PUT"))).isEmpty();
  }

  @Test
  void whatAPersonReads() {
    ConfigMapLog log = log();
    log.add(key(WEEK, "company", "slack:#a", "message"), "C1/2");
    log.add(key(WEEK, "company", "slack:#a", "table"), "sent");
    log.add(key(WEEK, "company", "mail", "a@example.com"), "sent");

    assertThat(kubernetes.text(kubernetes.paths().get(0)))
        .contains(
            "\"data\":{\"2026-11-16T00.00.00Z_168h\":\"company mail a@example.com\\n"
                + "company slack:#a message=C1/2 table\\n"
                + "\"}");
  }

  @Test
  void forgetsWhatIsLongPastAndNothingElse() {
    Window old = new Window(WEEK.end().minus(Duration.ofDays(401)), 168);
    Window lastYear = new Window(WEEK.end().minus(Duration.ofDays(371)), 168);
    for (Window window : List.of(old, lastYear, WEEK)) {
      log().add(key(window, "company", "mail", "a"), "sent");
    }

    assertThat(log().load(old)).isEmpty();
    assertThat(log().load(lastYear)).hasSize(1);
    assertThat(log().load(WEEK)).hasSize(1);
  }

  /** Once a log that had become too large took nothing any more, and all was sent again. */
  @Test
  void makesRoomByForgettingTheOldestWindows() {
    String long1 = "x".repeat(250_000) + "@example.com";
    for (int week = 5; week >= 0; week--) {
      Window window = new Window(WEEK.end().minus(Duration.ofDays(7L * week)), 168);
      log().add(key(window, "company", "mail", long1), "sent");
    }

    assertThat(log().load(WEEK)).hasSize(1);
    assertThat(log().load(new Window(WEEK.end().minus(Duration.ofDays(35)), 168))).isEmpty();
    assertThat(kubernetes.text(kubernetes.paths().get(0)).getBytes(UTF_8))
        .hasSizeBetween(700_000, 1_000_000);
  }

  @Test
  void writesAgainAfterAConflictAndLosesNothingOfOthers() {
    ConfigMapLog one = log();
    ConfigMapLog other = log();
    one.add(key(WEEK, "company", "mail", "a"), "sent");
    other.load(WEEK);
    one.add(key(WEEK, "company", "mail", "b"), "sent");
    kubernetes.conflict(2);
    other.add(key(WEEK, "company", "mail", "c"), "sent");

    assertThat(log().load(WEEK)).hasSize(3);
  }

  @Test
  void namesTheRightsItNeeds() {
    kubernetes.answerAlways(403);

    assertThatThrownBy(() -> log().load(WEEK))
        .isInstanceOf(DeliveryException.class)
        .hasMessage(
            "ConfigMap costs/delivered: the Kubernetes API answers HTTP 403; allow the reporter's"
                + " service account to get it");
    assertThatThrownBy(() -> log().add(key(WEEK, "company", "mail", "a"), "sent"))
        .hasMessageContaining("service account to get, create and patch it");
  }

  /** An upgrade in the middle of a week's retries sends nothing again. */
  @Test
  void readsTheMapOfVersion010() {
    kubernetes.put(
        MAPS + "delivered",
        """
        {"data": {"delivered": "weekly 2026-11-09T00:00:00Z 168h company mail old@example.com\\tsent\\n\
        weekly 2026-11-16T00:00:00Z 168h company slack:#a message\\tC1/2\\n\
        weekly 2026-11-16T00:00:00Z 168h team/data_eng mail a@example.com\\tsent\\n"}}
        """);
    Map<String, String> known = new HashMap<>(log().load(WEEK));
    Receipts.Run run = new Receipts.Run(new MemoryLog(), Turn.alone(), known, "");

    assertThat(new Receipts(run, WEEK, "company", "slack:#a").of("message")).hasValue("C1/2");
    assertThat(new Receipts(run, WEEK, "company", "slack:#a").of("table")).isEmpty();
    assertThat(new Receipts(run, WEEK, "team/data eng", "mail").of("a@example.com")).isPresent();
    assertThat(new Receipts(run, WEEK, "company", "mail").of("old@example.com")).isEmpty();
    assertThat(known).hasSize(2);
  }

  /** Once the digest of data_eng was delivered before when that of another team was. */
  @Test
  void teamsWhoseNamesLookAlikeHaveTheirOwnReceipts() {
    Map<String, String> known = new HashMap<>();
    Receipts.Run run = new Receipts.Run(log(), Turn.alone(), known, "");
    new Receipts(run, WEEK, "team/data eng", "mail").add("a@example.com", "sent");

    known.putAll(log().load(WEEK));

    assertThat(new Receipts(run, WEEK, "team/data eng", "mail").of("a@example.com")).isPresent();
    for (String other : List.of("data_eng", "data  eng", "data%20eng", "data\u00a0eng")) {
      assertThat(new Receipts(run, WEEK, "team/" + other, "mail").of("a@example.com")).isEmpty();
    }
  }

  /** A thousand teams for a year, each with a message, a table, a chart and two mails a week. */
  @Test
  void holdsAThousandTeamsForAYear() throws IOException {
    int teams = 1_000;
    Window first = weeksBefore(52);
    ConfigMapLog past = log();
    parts(first, teams).forEach((key, value) -> past.add(key, value));
    for (String path : kubernetes.paths()) {
      ObjectNode map = (ObjectNode) new JsonMapper().readTree(kubernetes.text(path));
      ObjectNode data = map.withObject("/data");
      String week = data.get("2025-11-17T00.00.00Z_168h").asText();
      for (int before = 51; before > 0; before--) {
        String end = weeksBefore(before).end().toString().replace(':', '.');
        data.put(end + "_168h", week);
      }
      kubernetes.put(path, map.toString());
    }
    kubernetes.takeBytes();

    ConfigMapLog log = log();
    assertThat(log.load(WEEK)).isEmpty();
    long read = kubernetes.takeBytes();
    parts(WEEK, teams).forEach((key, value) -> log.add(key, value));
    long written = kubernetes.takeBytes();

    int largest =
        kubernetes.paths().stream()
            .mapToInt(path -> kubernetes.text(path).getBytes(UTF_8).length)
            .max()
            .orElseThrow();
    // The figures of docs/performance.md.
    System.out.printf(
        "log of %d teams for a year: largest ConfigMap %d kB, a run reads %d kB, writes %d kB%n",
        teams, largest / 1000, read / 1000, written / 1000);
    assertThat(kubernetes.paths()).hasSize(ConfigMapLog.SHARDS);
    assertThat(largest).isLessThan(600_000);
    assertThat(log().load(first)).hasSize(5 * teams);
    assertThat(log().load(WEEK)).hasSize(5 * teams);
    // 4.4 GB once, of 300 teams.
    assertThat(read + written).isLessThan(60_000_000);
  }

  private static Map<ReceiptKey, String> parts(Window window, int teams) {
    Map<ReceiptKey, String> parts = new LinkedHashMap<>();
    for (int i = 0; i < teams; i++) {
      String name = "platform-engineering-%04d".formatted(i);
      String team = "team/" + name;
      String channel = "slack:#costs-" + name;
      parts.put(key(window, team, channel, "message"), "C024BE91L/1763337600.123456");
      parts.put(key(window, team, channel, "table"), "sent");
      parts.put(key(window, team, channel, "chart"), "sent");
      parts.put(key(window, team, "mail", "lead-of-" + name + "@example.com"), "sent");
      parts.put(key(window, team, "mail", "finance-of-" + name + "@example.com"), "sent");
    }
    return parts;
  }

  private static Window weeksBefore(int weeks) {
    return new Window(WEEK.end().minus(Duration.ofDays(7L * weeks)), 168);
  }

  private ConfigMapLog log() {
    return new ConfigMapLog(kubernetes.api(), "costs", "delivered");
  }

  private static ReceiptKey key(Window window, String scope, String channel, String part) {
    return new ReceiptKey(window, scope, channel, part);
  }
}
