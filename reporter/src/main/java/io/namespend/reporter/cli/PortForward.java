package io.namespend.reporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Prometheus of a kubeconfig's cluster, through kubectl, which knows every way to log in. It
 * ends with this process.
 */
final class PortForward {
  private static final Pattern PORT = Pattern.compile("Forwarding from 127\\.0\\.0\\.1:(\\d+) ");

  /** The Service that the operator makes, and the ones of Helm's charts. */
  private static final List<String> SELECTORS =
      List.of(
          "operated-prometheus=true",
          "app.kubernetes.io/name=prometheus",
          "app=prometheus,component=server");

  private static final String NAME_ONE =
      "; name it with --prometheus URL or --service NAMESPACE/NAME";

  private final List<String> kubectl;

  private PortForward(List<String> kubectl) {
    this.kubectl = List.copyOf(kubectl);
  }

  /** Where kubectl is, if it is anywhere. */
  static Optional<Path> kubectl(Map<String, String> environment) {
    return Stream.of(environment.getOrDefault("PATH", "").split(java.io.File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "kubectl"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Opens it.
   *
   * @param options of kubectl: which kubeconfig and context
   * @param service such as monitoring/prometheus-operated; it is looked for if empty
   * @return the address on this machine
   */
  static String open(Path kubectl, List<String> options, Optional<String> service) {
    List<String> command = new ArrayList<>(List.of(kubectl.toString()));
    command.addAll(options);
    PortForward forward = new PortForward(command);
    String found = service.orElseGet(forward::find);
    String[] parts = found.split("/", -1);
    return forward.forward(parts[0], parts[1]);
  }

  private String find() {
    for (String selector : SELECTORS) {
      List<String> services =
          run(
              "get",
              "services",
              "--all-namespaces",
              "--selector=" + selector,
              "--request-timeout=15s",
              "--output=jsonpath={range .items[*]}{.metadata.namespace}/{.metadata.name}{\"\\n"
                  + "\"}{end}");
      if (services.size() == 1) {
        return services.get(0);
      }
      if (services.size() > 1) {
        throw new CannotReportException(
            "the cluster has several Services of Prometheus: %s; choose one with --service"
                .formatted(String.join(", ", services)));
      }
    }
    throw new CannotReportException("the cluster has no Service of Prometheus" + NAME_ONE);
  }

  private String forward(String namespace, String name) {
    List<String> ports =
        run(
            "get",
            "service",
            "--namespace=" + namespace,
            name,
            "--request-timeout=15s",
            "--output=jsonpath={.spec.ports[0].port}");
    Process process =
        start(
            "port-forward",
            "--namespace=" + namespace,
            "service/" + name,
            ":" + (ports.isEmpty() ? "9090" : ports.get(0)));
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    BufferedReader out = reader(process.getInputStream());
    try {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        Matcher port = PORT.matcher(line);
        if (port.find()) {
          drain(out);
          return "http://127.0.0.1:" + port.group(1);
        }
      }
    } catch (IOException e) {
      throw failed("port-forward", e);
    }
    throw new CannotReportException(
        "kubectl cannot reach %s/%s: %s%s".formatted(namespace, name, lastLine(process), NAME_ONE));
  }

  /** It tells of each connection, and would stand still if nobody listened. */
  private static void drain(BufferedReader out) {
    Thread reader =
        new Thread(
            () -> {
              try {
                while (out.readLine() != null) {
                  // Nobody wants to know.
                }
              } catch (IOException e) {
                // It has ended.
              }
            },
            "kubectl");
    reader.setDaemon(true);
    reader.start();
  }

  private List<String> run(String... arguments) {
    Process process = start(arguments);
    try (BufferedReader out = reader(process.getInputStream())) {
      List<String> lines = out.lines().filter(line -> !line.isBlank()).toList();
      String problem = lastLine(process);
      if (process.waitFor() != 0) {
        throw new CannotReportException(
            "kubectl cannot read Services: %s%s".formatted(problem, NAME_ONE));
      }
      return lines;
    } catch (IOException e) {
      throw failed(arguments[0], e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CannotReportException("interrupted while waiting for kubectl", e);
    }
  }

  private Process start(String... arguments) {
    List<String> command = new ArrayList<>(kubectl);
    command.addAll(List.of(arguments));
    try {
      return new ProcessBuilder(command).start();
    } catch (IOException e) {
      throw failed(arguments[0], e);
    }
  }

  private static CannotReportException failed(String what, IOException e) {
    return new CannotReportException("kubectl %s fails: %s".formatted(what, e.getMessage()), e);
  }

  /** The last line is the reason; those before are attempts. */
  private static String lastLine(Process process) {
    return reader(process.getErrorStream())
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((first, second) -> second)
        .orElse("no reason given");
  }

  private static BufferedReader reader(java.io.InputStream in) {
    return new BufferedReader(new InputStreamReader(in, UTF_8));
  }
}
