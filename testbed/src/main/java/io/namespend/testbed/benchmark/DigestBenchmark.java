package io.namespend.testbed.benchmark;

import io.namespend.testbed.process.Prometheus;
import io.namespend.testbed.process.Promtool;
import io.namespend.testbed.process.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** How long the digests of a large company take, and how much memory, with the real jar. */
public final class DigestBenchmark {
  private static final Instant MONDAY = Instant.parse("2026-11-16T00:00:00Z");
  private static final String QUERY_ONLY = "global: {scrape_interval: 1m}\n";

  /** As in the CronJob of the manifests. */
  private static final List<String> JVM =
      List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true");

  private final Tools tools;
  private final Path jar;
  private final Path folder;
  private final List<String> jvm;
  private final Consumer<String> progress;

  /**
   * @param jar the reporter's
   * @param folder for data and logs; data that is there is used again
   * @param jvm more options of its JVM
   */
  public DigestBenchmark(
      Tools tools, Path jar, Path folder, List<String> jvm, Consumer<String> progress) {
    this.tools = tools;
    this.jar = jar;
    this.folder = folder;
    this.jvm = List.copyOf(jvm);
    this.progress = progress;
  }

  /** Measures, and tells in Markdown. */
  public String run(int namespaces, int teams) {
    Path server = folder.resolve("prometheus-%d-%d".formatted(namespaces, teams));
    if (!Files.exists(server.resolve("data"))) {
      fill(new LargeLedger(namespaces, teams, 4, MONDAY, 1), server);
    }
    StringBuilder report = new StringBuilder("| what | seconds | resident, MiB |\n|---|---|---|\n");
    try (Prometheus prometheus = Prometheus.start(tools, server, QUERY_ONLY, 0);
        MailSink mails = MailSink.start()) {
      Path settings = settings(prometheus.address(), mails.port(), teams);
      for (String run : List.of("first", "second")) {
        progress.accept("digests as text, " + run + " run");
        report.append(row("%d digests as text, %s run".formatted(teams + 1, run), settings, true));
      }
      progress.accept("digests as mails");
      String row = row("%d mails with chart, CSV and PDF".formatted(teams + 1), settings, false);
      if (mails.mails() != teams + 1) {
        throw new IllegalStateException("%d mails arrived".formatted(mails.mails()));
      }
      report.append(row);
      report.append("%nA mail is %d KiB.%n".formatted(mails.bytes() / mails.mails() / 1024));
    }
    return report.toString();
  }

  private void fill(LargeLedger ledger, Path server) {
    Promtool promtool = new Promtool(tools, folder.resolve("promtool.log"));
    Path data = server.resolve("data");
    Path samples = folder.resolve("ledger.txt");
    progress.accept("writing the hours");
    ledger.write(samples);
    promtool.createBlocks(List.of(samples), data);
    progress.accept("writing what is recorded every four minutes");
    Path rules = ledger.writeRules(folder.resolve("levels.yaml"));
    try (Prometheus prometheus = Prometheus.start(tools, server, QUERY_ONLY, 0)) {
      Files.delete(samples);
      promtool.createBlocksFromRules(
          prometheus.address(),
          List.of(rules),
          ledger.comparedFrom().getEpochSecond(),
          MONDAY.getEpochSecond(),
          data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path settings(URI prometheus, int port, int teams) {
    StringBuilder yaml =
        new StringBuilder(
            """
            prometheus: {url: "%s", timeout: 120s}
            email: {host: 127.0.0.1, port: %d, security: none, from: costs@example.com}
            dashboards: https://grafana.example.com
            company: {recipients: [all@example.com]}
            teams:
            """
                .formatted(prometheus, port));
    for (int team = 0; team < teams; team++) {
      String name = LargeLedger.team(team);
      yaml.append("  %s: {recipients: [%s@example.com]}%n".formatted(name, name));
    }
    try {
      return Files.writeString(folder.resolve("reporter.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String row(String what, Path settings, boolean isDry) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(jvm);
    command.addAll(
        List.of("-jar", jar.toString(), "weekly", "--config=" + settings, "--until=" + MONDAY));
    if (isDry) {
      command.add("--dry-run");
    }
    Path log = folder.resolve("reporter.log");
    long start = System.nanoTime();
    try {
      Process reporter =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      double resident = 0;
      while (reporter.isAlive()) {
        resident = Math.max(resident, peakMebibytes(reporter));
        Thread.sleep(20);
      }
      if (reporter.exitValue() != 0) {
        throw new IllegalStateException("the reporter failed; see " + log);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return String.format(Locale.ROOT, "| %s | %.1f | %.0f |%n", what, seconds, resident);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** The most that it had so far; 0 when it has just ended. */
  private static double peakMebibytes(Process process) {
    try {
      return new LinuxProcess(process.toHandle()).peakMebibytes();
    } catch (UncheckedIOException | IllegalStateException e) {
      return 0;
    }
  }
}
