package io.namespend.testbed.cli;

import io.namespend.testbed.apiserver.LargeApiServer;
import io.namespend.testbed.apiserver.ServerCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The stand-in API server as a process of its own. */
@Command(
    name = "serve-cluster",
    mixinStandardHelpOptions = true,
    description = {
      "Serve a cluster of any size as a Kubernetes API server on loopback, for exporters to watch:"
          + " objects of real size, lists in pages, watches with bookmarks.",
      ""
    })
final class ServeClusterCommand implements Callable<Integer> {
  @Mixin private ClusterSizeOptions size = new ClusterSizeOptions();

  @Option(names = "--port", description = "Default: ${DEFAULT-VALUE}; 0 for any that is free.")
  private int port = 8001;

  @Option(names = "--seed", description = "Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(
      names = "--changes",
      description =
          "Changes of pods a minute, of which five replace one. Default: ${DEFAULT-VALUE}.")
  private int changes = 0;

  @Option(
      names = "--tls",
      paramLabel = "FOLDER",
      description = "Serve with TLS; makes a key and ca.crt, for clients, in a new folder.")
  private Optional<Path> tls = Optional.empty();

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (LargeApiServer server = start()) {
      server.changePods(changes);
      System.out.println(server.address());
      new CountDownLatch(1).await();
      return 0;
    }
  }

  private LargeApiServer start() throws IOException, InterruptedException {
    return tls.isEmpty()
        ? LargeApiServer.start(size.size(), seed, port)
        : LargeApiServer.start(
            size.size(), seed, port, ServerCertificate.make(tls.get()).context());
  }
}
