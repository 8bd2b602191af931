package io.namespend.exporter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "price", "check-policy", "audit-labels"})
  void fitsATerminal(String command) {
    Run help = command.isEmpty() ? Run.of("--help") : Run.of(command, "--help");

    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("Examples:", "Exit codes:");
    assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
  }
}
