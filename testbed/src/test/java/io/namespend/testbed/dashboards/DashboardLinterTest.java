package io.namespend.testbed.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Grafana's own dashboard-linter, with what dashboards/.lint excludes and why. */
@Tag("rules")
class DashboardLinterTest {
  private static final Path FOLDER = Path.of("../dashboards").toAbsolutePath().normalize();

  static List<Dashboard> dashboards() {
    return Dashboard.in(FOLDER);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void theLinterHasNothingToSay(Dashboard dashboard) throws IOException, InterruptedException {
    Process linter =
        start("lint", "--strict", "--verbose", FOLDER.resolve(dashboard.file()).toString());
    String output = new String(linter.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(linter.waitFor()).as(output).isZero();
    assertThat(output).contains("valid units");
  }

  @Test
  void theLinterFindsWhatIsWrong() throws IOException, InterruptedException {
    Process linter =
        start("lint", "--strict", "--stdin", "--config", FOLDER.resolve(".lint").toString());
    try (var dashboard = linter.getOutputStream()) {
      dashboard.write(
          "{\"title\": \"x\", \"panels\": [{\"type\": \"stat\", \"id\": 1}]}"
              .getBytes(StandardCharsets.UTF_8));
    }
    String output = new String(linter.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(linter.waitFor()).as(output).isNotZero();
  }

  private static Process start(String... arguments) {
    try {
      List<String> command = new ArrayList<>(List.of("dashboard-linter"));
      command.addAll(List.of(arguments));
      return new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return abort("no dashboard-linter on the PATH: ./check builds it where there is Go");
    }
  }
}
