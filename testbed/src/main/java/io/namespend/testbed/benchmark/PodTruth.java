package io.namespend.testbed.benchmark;

import io.namespend.testbed.apiserver.TruePod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the exporter has the pods that there are. */
final class PodTruth {
  private static final Pattern POD =
      Pattern.compile(
          "namespend_pod_request_hourly_cost\\{namespace=\"(.*?)\",node=\"(.*?)\",pod=\"(.*?)\","
              + "workload=\"(.*?)\",workload_type=\"(.*?)\"} .*");
  private static final Pattern CORES =
      Pattern.compile("namespend_workload_requested\\{.*resource=\"cpu\".*} (\\S+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI apiServer;

  PodTruth(URI apiServer) {
    this.apiServer = apiServer;
  }

  /** So many changes of pods a minute from now on. */
  void change(int aMinute) {
    try {
      http.send(
          HttpRequest.newBuilder(apiServer.resolve("/testbed/changes/" + aMinute)).build(),
          BodyHandlers.discarding());
    } catch (IOException e) {
      throw new UncheckedIOException("stand-in API server", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /**
   * How the exporter's pods differ from the true ones.
   *
   * @param pods that there are
   * @param missing series of pods, their nodes and workloads
   * @param wrong series of pods that are not there, or not on that node or of that workload
   * @param coresOff by how much the requests of all workloads differ
   */
  record Difference(int pods, int missing, int wrong, double coresOff) {
    boolean isNone() {
      return missing == 0 && wrong == 0 && Math.abs(coresOff) < 1e-3;
    }
  }

  Difference compare(MetricsClient exporter) {
    Set<String> truth = new HashSet<>();
    double[] cores = new double[1];
    try {
      http.send(
              HttpRequest.newBuilder(apiServer.resolve("/testbed/pods")).build(),
              BodyHandlers.ofLines())
          .body()
          .map(TruePod::of)
          .forEach(
              pod -> {
                truth.add(key(pod.namespace(), pod.node(), pod.name(), pod.workload(), pod.type()));
                cores[0] -= pod.milliCores() / 1000.0;
              });
    } catch (IOException e) {
      throw new UncheckedIOException("stand-in API server", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    int pods = truth.size();
    int[] wrong = new int[1];
    exporter.read(
        line -> {
          Matcher pod = POD.matcher(line);
          Matcher request = CORES.matcher(line);
          if (pod.matches()) {
            if (!truth.remove(
                key(pod.group(1), pod.group(2), pod.group(3), pod.group(4), pod.group(5)))) {
              wrong[0]++;
            }
          } else if (request.matches()) {
            cores[0] += Double.parseDouble(request.group(1));
          }
        });
    return new Difference(pods, truth.size(), wrong[0], cores[0]);
  }

  private static String key(String... parts) {
    return String.join(" ", parts);
  }
}
