package io.namespend.testbed.supply;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check of libraries against OSV's export, run as people run it. */
class VulnerabilitiesTest {
  private static final String RANGE =
      "\"ranges\": [{\"type\": \"ECOSYSTEM\", \"events\": [{\"introduced\": \"2.0\"}, {\"fixed\":"
          + " \"%s\"}]}]";

  @TempDir private Path folder;

  @ParameterizedTest(name = "2.9.0 where {0} fixed it")
  @CsvSource({
    "2.10.0, 1",
    "2.9.1, 1",
    "2.9.0, 0",
    "2.9.0.Final, 0",
    "2.9.0-rc1, 0",
    "3.0.0-alpha1, 1"
  })
  void findsWhatIsFixedInALaterVersion(String fixed, int exitCode) throws Exception {
    Result result = check(advisory("GHSA-1", RANGE.formatted(fixed)), List.of());

    assertThat(result.output)
        .startsWith("2 libraries, 1 advisories; the newest is of 2026-11-20T00:00:00Z, 8 days ago");
    assertThat(result.exitCode).isEqualTo(exitCode);
    assertThat(result.output.contains("org.example:lib 2.9.0: CVE-1 GHSA-1 Bad things"))
        .isEqualTo(exitCode == 1);
  }

  @Test
  void findsVersionsThatAreListedAndKnowsWhatIsAccepted() throws Exception {
    String listed = advisory("GHSA-1", "\"versions\": [\"2.8.0\", \"2.9.0\"]");

    assertThat(check(listed, List.of()).exitCode).isEqualTo(1);
    assertThat(check(listed, List.of("--accept", "CVE-1")).exitCode).isZero();
    assertThat(check(listed.replace("org.example:lib", "org.example:libs"), List.of()).exitCode)
        .as("another library")
        .isZero();
    assertThat(
            check(listed.replace("{\"id\"", "{\"withdrawn\": \"x\", \"id\""), List.of()).exitCode)
        .isZero();
  }

  @Test
  void oldDataDoNotSayThatThereIsNothing() throws Exception {
    String other = advisory("GHSA-1", RANGE.formatted("2.1"));

    assertThat(check(other, List.of("--now", "2027-03-01T00:00:00Z")))
        .isEqualTo(
            new Result(
                3,
                """
                2 libraries, 1 advisories; the newest is of 2026-11-20T00:00:00Z, 101 days ago
                too old to say that there is nothing: get a newer export, or allow --max-age 101
                """));
    assertThat(check("", List.of()).exitCode).as("an export without advisories").isEqualTo(2);
  }

  private static String advisory(String id, String affected) {
    return """
    {"id": "%s", "aliases": ["CVE-1"], "modified": "2026-11-20T00:00:00Z", "summary": "Bad things",
     "affected": [{"package": {"ecosystem": "Maven", "name": "org.example:lib"}, %s}]}
    """
        .formatted(id, affected);
  }

  /**
   * What the check says.
   *
   * @param output of both streams
   */
  private record Result(int exitCode, String output) {}

  private Result check(String advisory, List<String> options)
      throws IOException, InterruptedException {
    Path osv = folder.resolve("osv.zip");
    try (OutputStream file = Files.newOutputStream(osv);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry(advisory.isEmpty() ? "README" : "GHSA-1.json"));
      zip.write(advisory.getBytes(StandardCharsets.UTF_8));
    }
    Path sbom =
        Files.writeString(
            folder.resolve("sbom.json"),
            """
            {"components": [
              {"purl": "pkg:maven/org.example/lib@2.9.0?type=jar"},
              {"purl": "pkg:maven/org.example/other@1?type=jar"},
              {"purl": "pkg:maven/io.namespend/own@1?type=jar"}]}
            """);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                root().resolve("supply-chain/Vulnerabilities.java").toString(),
                osv.toString(),
                sbom.toString(),
                "--now",
                "2026-11-28T12:00:00Z"));
    command.addAll(options);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("supply-chain")) ? here : here.resolve("..").normalize();
  }
}
