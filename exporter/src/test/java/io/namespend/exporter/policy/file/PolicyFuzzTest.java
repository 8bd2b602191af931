package io.namespend.exporter.policy.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.exporter.cluster.pod.Namespace;
import io.namespend.exporter.policy.NamespaceTerms;
import io.namespend.foundation.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever lies in the file: a policy that works, or a clear error. A failure names the seed. */
class PolicyFuzzTest {
  private static final Path FILE = Path.of("examples/policy.yaml");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
  private static final int TRIES = 4000;

  private static final List<String> KEYS =
      List.of(
          "currency",
          "ownership",
          "labels",
          "defaults",
          "team",
          "costCenter",
          "environment",
          "product",
          "allocation",
          "model",
          "blend",
          "request",
          "usage",
          "overrides",
          "namespaces",
          "pools",
          "name",
          "split",
          "weights",
          "floor",
          "tenants",
          "except",
          "sharedServices",
          "externalServices",
          "category",
          "hourlyCost",
          "monthlyCost",
          "oneTimeCost",
          "from",
          "until",
          "validFrom",
          "validUntil",
          "monthHours",
          "namespace",
          "budgets",
          "daily",
          "monthly",
          "bills",
          "month",
          "amount",
          "prices",
          "sources",
          "discounts",
          "match",
          "percent",
          "sheet",
          "file",
          "cache",
          "aws",
          "refresh",
          "gcp",
          "colour");
  private static final List<String> VALUES =
      List.of(
          "USD",
          "a",
          "idle",
          "\"team-*\"",
          "\"*\"",
          "weighted",
          "none",
          "driver",
          "even",
          "max",
          "blended",
          "0",
          "1",
          "-1",
          "0.3",
          "0.7",
          "730",
          "1e308",
          "-1e999",
          ".inf",
          ".nan",
          "null",
          "~",
          "''",
          "true",
          "2026-01-01",
          "2026-01",
          "-999999999-01",
          "2027-01-01",
          "2026-13-45",
          "+999999999-12-31",
          "-999999999-01-01T00:00:00+18:00",
          "0x1F",
          "0o7",
          "1_000",
          "12:30:45",
          "!!binary aGk=",
          "!!int x",
          "!!java.lang.Object {}",
          "&x y",
          "*x",
          "? a",
          "| text",
          ">-",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\x07\"",
          "10000h",
          "99999999999999999999d",
          "builtin",
          "sheet",
          "on",
          "9".repeat(400),
          "ü",
          "\uD83D\uDCB8",
          "%",
          "@",
          "`",
          "- -",
          "{",
          "]",
          "{}",
          "[]");

  @Test
  void randomFilesAreAPolicyOrAClearError() {
    int[] policies = {0};
    Assertions.assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          for (int seed = 0; seed < TRIES; seed++) {
            Random random = new Random(seed);
            StringBuilder yaml = new StringBuilder();
            mapping(random, yaml, 0);
            policies[0] += check(seed, yaml.toString().getBytes(StandardCharsets.UTF_8));
          }
        });
    assertThat(policies[0]).as("some are good").isPositive();
  }

  @Test
  void mutatedFilesAreAPolicyOrAClearError() throws IOException {
    byte[] example = Files.readAllBytes(Path.of("examples/policy.yaml"));
    int[] policies = {0};
    Assertions.assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          for (int seed = 0; seed < TRIES; seed++) {
            policies[0] += check(seed, mutated(example, new Random(seed)));
          }
        });
    assertThat(policies[0]).as("some are still good").isPositive();
  }

  /** 1 if it is a policy. */
  private static int check(int seed, byte[] content) {
    try {
      PolicyFile file = PolicyFile.parse(FILE, content, NOW);
      use(file);
      return 1;
    } catch (InvalidSettingsException e) {
      assertThat(e.getMessage())
          .as("seed %d", seed)
          .matches("(?s)examples.policy.yaml has \\d+ errors?:\\R  .+")
          // A place that is null; a key of the file may well end in it.
          .doesNotContain("Exception", " null: ");
      return 0;
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      throw new AssertionError(
          "seed %d: %s".formatted(seed, new String(content, StandardCharsets.UTF_8)), e);
    }
  }

  private static void use(PolicyFile file) {
    for (String name : List.of("a", "team-x", "kube-system", "checkout")) {
      NamespaceTerms terms =
          file.policy().terms(new Namespace(name, Map.of()), LocalDate.parse("2026-11-20"));
      assertThat(terms.weights().request() + terms.weights().usage() + terms.weights().max())
          .isBetween(1 - 1e-9, 1 + 1e-9);
      file.policy()
          .allPools()
          .forEach(pool -> assertThat(pool.sharing().weight(name)).isNotNegative().isFinite());
    }
    for (Instant now : List.of(Instant.EPOCH, Instant.parse("2028-02-29T12:00:00Z"))) {
      file.policy()
          .sharedServices()
          .forEach(
              shared ->
                  shared
                      .service()
                      .hourlyAt(now)
                      .ifPresent(cost -> assertThat(cost).isNotNegative().isFinite()));
      assertThat(file.policy().bills().stream().filter(bill -> bill.isComparedAt(now)))
          .as("one a month")
          .hasSizeLessThan(3)
          .allSatisfy(bill -> assertThat(bill.amount()).isNotNegative().isFinite());
    }
  }

  private static void mapping(Random random, StringBuilder yaml, int depth) {
    List<String> keys = new ArrayList<>(KEYS);
    Collections.shuffle(keys, random);
    for (String key : keys.subList(0, 1 + random.nextInt(3))) {
      yaml.append("  ".repeat(depth)).append(key).append(":");
      node(random, yaml, depth + 1);
    }
  }

  private static void node(Random random, StringBuilder yaml, int depth) {
    switch (depth > 4 ? 0 : random.nextInt(5)) {
      case 0, 1 -> yaml.append(' ').append(value(random)).append('\n');
      case 2 -> {
        yaml.append('\n');
        mapping(random, yaml, depth);
      }
      case 3 ->
          yaml.append(" [").append(value(random)).append(", ").append(value(random)).append("]\n");
      default ->
          yaml.append(" [{")
              .append(KEYS.get(random.nextInt(KEYS.size())))
              .append(": ")
              .append(value(random))
              .append("}]\n");
    }
  }

  private static String value(Random random) {
    return VALUES.get(random.nextInt(VALUES.size()));
  }

  /** Bytes changed, removed, doubled or swapped for values and keys of the lists above. */
  private static byte[] mutated(byte[] example, Random random) {
    StringBuilder text = new StringBuilder(new String(example, StandardCharsets.UTF_8));
    for (int change = 0; change <= random.nextInt(4); change++) {
      int from = random.nextInt(text.length());
      int until = Math.min(text.length(), from + 1 + random.nextInt(12));
      switch (random.nextInt(5)) {
        case 0 -> text.delete(from, until);
        case 1 -> text.insert(from, text.substring(from, until));
        case 2 -> text.replace(from, until, value(random));
        case 3 -> text.insert(from, (char) random.nextInt(0x2100));
        default -> {
          int colon = text.indexOf(": ", from);
          if (colon >= 0) {
            text.insert(colon + 2, value(random) + " ");
          }
        }
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(10) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
