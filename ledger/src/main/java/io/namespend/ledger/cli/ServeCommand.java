package io.namespend.ledger.cli;

import io.namespend.foundation.command.ProgramVersion;
import io.namespend.ledger.reconcile.RecordedNodes;
import io.namespend.ledger.rules.BillSettings;
import io.namespend.ledger.rules.BillSettingsReader;
import io.namespend.ledger.serve.BillServer;
import io.namespend.ledger.serve.BookReader;
import io.namespend.ledger.serve.Reconciler;
import io.namespend.ledger.store.BillStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Serves prices and figures of the books. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    versionProvider = ProgramVersion.class,
    sortOptions = false,
    description = {
      "Serves /prices.csv and /sheet.csv for the exporter, and /metrics for Prometheus: billed by"
          + " month, class and cluster, and with --prometheus what was recorded beside it.",
      "",
      "Imports may run meanwhile; a new version is noticed within seconds.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {" 0:ended", " 1:cannot serve; standard error says why", " 2:wrong options"})
final class ServeCommand implements Callable<Integer> {
  private static final int MOST_PORT = 65_535;

  private final Clock clock;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private LedgerOptions books = new LedgerOptions();
  @Mixin private BilledDays days = new BilledDays();

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "10041",
      description = "Port to listen on; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int port = 10_041;

  @Option(
      names = "--listen-address",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on; 0.0.0.0 for all. Whoever can reach it reads your prices (default:"
              + " ${DEFAULT-VALUE}).")
  private String listenAddress = "127.0.0.1";

  @Option(
      names = "--prometheus",
      paramLabel = "URL",
      description =
          "Compare nodes of this month and the last with their lines every hour, by the exporter's"
              + " series here, such as http://localhost:9090.")
  private Optional<String> prometheus = Optional.empty();

  ServeCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    int last = days.checked(spec.commandLine());
    InetSocketAddress address = address();
    Optional<URI> compared =
        prometheus.map(text -> PrometheusAddress.parse(spec.commandLine(), text));
    BillSettings settings = BillSettingsReader.read(books.settings());
    Path ledger = books.ledger();
    // Books that are missing or damaged are said now; later they are a metric.
    BillStore.openExisting(ledger).close();
    try (BillServer server =
        new BillServer(
            address,
            new BookReader(ledger, settings.commitments(), last),
            compared.map(uri -> new Reconciler(ledger, new RecordedNodes(uri, http()), clock)),
            clock)) {
      server.start();
      spec.commandLine()
          .getOut()
          .printf("Serving http://%s:%d/prices.csv%n", listenAddress, server.port());
      spec.commandLine().getOut().flush();
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private static HttpClient http() {
    return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  }

  private InetSocketAddress address() {
    if (port < 0 || port > MOST_PORT) {
      throw new ParameterException(
          spec.commandLine(), "--port %d: write a port from 0 to %d".formatted(port, MOST_PORT));
    }
    try {
      return new InetSocketAddress(InetAddress.getByName(listenAddress), port);
    } catch (UnknownHostException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--listen-address %s: write an address of this machine, such as 127.0.0.1 or 0.0.0.0"
              .formatted(listenAddress),
          e);
    }
  }
}
