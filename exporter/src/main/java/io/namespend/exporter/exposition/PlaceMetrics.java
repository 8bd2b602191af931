package io.namespend.exporter.exposition;

import static java.util.Objects.requireNonNull;

import io.namespend.exporter.cluster.node.Resources;
import io.namespend.exporter.cluster.pod.Pod;
import io.namespend.exporter.policy.AppliedPolicy;
import io.namespend.exporter.policy.NamespaceTerms;
import io.namespend.exporter.policy.pool.Per;
import io.namespend.exporter.price.PricedNode;
import io.namespend.exporter.price.ResourceRates;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where requests are: on which nodes, in which node groups. A place is what the policy splits pools
 * over, the group or the node; there is none while it splits them over the cluster only.
 */
final class PlaceMetrics {
  private static final MetricMetadata REQUESTED =
      new MetricMetadata(
          "namespend_node_requested",
          "[EXPERIMENTAL] Effective requests of the pods on the node: cores, bytes, GPUs.");
  private static final MetricMetadata CHARGED =
      new MetricMetadata(
          "namespend_node_requested_charged",
          "[EXPERIMENTAL] The part of namespend_node_requested that is charged as requested, by the"
              + " models of the pods' namespaces; GPUs as a whole.");
  private static final MetricMetadata OF_NAMESPACE =
      new MetricMetadata(
          "namespend_namespace_place_request_hourly_cost",
          "[EXPERIMENTAL] Price of what the namespace's pods request in this node group, or on this"
              + " node, for one hour; only where the policy splits a pool over them.");

  private static final String[] NODE = {"node", "resource"};
  private static final String[] NAMESPACE = {"namespace", "place", "resource"};

  private final Memo<Input, List<MetricSnapshot>> metrics = new Memo<>(this::make);
  private KeptSeries requested = new KeptSeries(REQUESTED, NODE);
  private KeptSeries charged = new KeptSeries(CHARGED, NODE);
  private KeptSeries ofNamespaces = new KeptSeries(OF_NAMESPACE, NAMESPACE);

  List<MetricSnapshot> of(List<Pod> pods, List<PricedNode> nodes, AppliedPolicy applied) {
    return metrics.of(new Input(pods, nodes, applied));
  }

  private List<MetricSnapshot> make(Input input) {
    Per per = input.applied.policy().finest();
    Map<String, String> groups =
        input.applied.policy().nodeGroups().of(input.nodes.stream().map(PricedNode::node).toList());
    var info =
        new InfoFamily(
            "namespend_node_group",
            "[STABLE] The group of the node, from its labels, and over what the policy splits pools"
                + " there: the group or the node; none while it splits over the cluster only.",
            "node",
            "node_group",
            "place");
    Map<String, OnNode> onNodes = new HashMap<>();
    for (PricedNode priced : input.nodes) {
      String node = priced.node().name();
      String group = groups.getOrDefault(node, "");
      String place =
          switch (per) {
            case CLUSTER -> "";
            case NODE_GROUP -> group;
            case NODE -> node;
          };
      info.add(node, group, place);
      onNodes.put(node, new OnNode(priced.rates(), place));
    }
    Map<String, Map<String, Amounts>> inPlaces =
        add(input.pods, onNodes, requestWeights(input.applied));
    KeptSeries.Next nextRequested = requested.next();
    KeptSeries.Next nextCharged = charged.next();
    for (PricedNode priced : input.nodes) {
      String node = priced.node().name();
      OnNode on = requireNonNull(onNodes.get(node));
      on.requested.addTo(nextRequested, node);
      on.charged.addTo(nextCharged, node);
    }
    KeptSeries.Next nextOfNamespaces = ofNamespaces.next();
    inPlaces.forEach(
        (namespace, places) ->
            places.forEach((place, cost) -> cost.addTo(nextOfNamespaces, namespace, place)));
    // All at the end: if something fails, all is still as it was.
    requested = nextRequested.series();
    charged = nextCharged.series();
    ofNamespaces = nextOfNamespaces.series();
    List<MetricSnapshot> all = new ArrayList<>();
    all.add(info.snapshot());
    all.addAll(requested.metrics());
    all.addAll(charged.metrics());
    all.addAll(ofNamespaces.metrics());
    return List.copyOf(all);
  }

  /** Adds up pods on their nodes; returns what they cost by namespace and place. */
  private static Map<String, Map<String, Amounts>> add(
      List<Pod> pods, Map<String, OnNode> onNodes, Map<String, Double> requestWeights) {
    Map<String, Map<String, Amounts>> inPlaces = new TreeMap<>();
    String namespace = "";
    double weight = 0;
    Map<String, Amounts> ofNamespace = new TreeMap<>();
    for (Pod pod : pods) {
      OnNode on = onNodes.get(pod.node());
      if (on == null) {
        continue;
      }
      // Those of a namespace mostly stand together.
      if (!pod.namespace().equals(namespace)) {
        namespace = pod.namespace();
        weight = requestWeights.getOrDefault(namespace, 0.0);
        ofNamespace = inPlaces.computeIfAbsent(namespace, name -> new TreeMap<>());
      }
      Resources request = pod.request();
      on.requested.add(request.cpuCores(), request.memoryBytes(), request.gpus());
      on.charged.add(request.cpuCores() * weight, request.memoryBytes() * weight, request.gpus());
      if (!on.place.isEmpty()) {
        ofNamespace
            .computeIfAbsent(on.place, place -> new Amounts())
            .add(
                request.cpuCores() * on.rates.cpu(),
                request.memoryGib() * on.rates.memory(),
                request.gpus() * on.rates.gpu());
      }
    }
    return inPlaces;
  }

  private static Map<String, Double> requestWeights(AppliedPolicy applied) {
    Map<String, Double> weights = new HashMap<>();
    for (NamespaceTerms terms : applied.namespaces()) {
      weights.put(terms.namespace(), terms.weights().request());
    }
    return weights;
  }

  private record Input(List<Pod> pods, List<PricedNode> nodes, AppliedPolicy applied) {}

  /** What is on a node. */
  private record OnNode(ResourceRates rates, String place, Amounts requested, Amounts charged) {
    OnNode(ResourceRates rates, String place) {
      this(rates, place, new Amounts(), new Amounts());
    }
  }

  /** Sums of CPU, memory and GPUs. */
  private static final class Amounts {
    private double cpu;
    private double memory;
    private double gpus;

    void add(double cpu, double memory, double gpus) {
      this.cpu += cpu;
      this.memory += memory;
      this.gpus += gpus;
    }

    void addTo(KeptSeries.Next series, String... labels) {
      series.add(cpu, labels, "cpu");
      series.add(memory, labels, "memory");
      if (gpus > 0) {
        series.add(gpus, labels, "gpu");
      }
    }
  }

  /** The series of a family, of which the next ones keep what is as it was. */
  private static final class KeptSeries {
    private final MetricMetadata family;
    private final String[] names;
    private final Map<String, GaugeDataPointSnapshot> byLabels;
    private final List<SeriesRun> runs;

    KeptSeries(MetricMetadata family, String... names) {
      this(family, names, Map.of(), List.of());
    }

    private KeptSeries(
        MetricMetadata family,
        String[] names,
        Map<String, GaugeDataPointSnapshot> byLabels,
        List<SeriesRun> runs) {
      this.family = family;
      this.names = names;
      this.byLabels = byLabels;
      this.runs = runs;
    }

    Next next() {
      return new Next();
    }

    List<MetricSnapshot> metrics() {
      return runs.stream().map(SeriesRun::metric).map(MetricSnapshot.class::cast).toList();
    }

    /** Collects the series of the next moment. */
    private final class Next {
      private final Map<String, GaugeDataPointSnapshot> now = new HashMap<>();
      private final SeriesRun.Cutter cutter = new SeriesRun.Cutter(family, runs);

      void add(double value, String[] labels, String resource) {
        String key = String.join("\n", labels) + "\n" + resource;
        @Nullable GaugeDataPointSnapshot known = byLabels.get(key);
        GaugeDataPointSnapshot series =
            known != null && known.getValue() == value
                ? known
                : GaugeFamily.series(
                    value, known != null ? known.getLabels() : labels(labels, resource));
        now.put(key, series);
        if (resource.equals("cpu")) {
          cutter.next(labels[labels.length - 1].hashCode());
        }
        cutter.add(series);
      }

      KeptSeries series() {
        return new KeptSeries(family, names, now, cutter.runs());
      }

      private Labels labels(String[] labels, String resource) {
        String[] values = new String[names.length];
        System.arraycopy(labels, 0, values, 0, labels.length);
        values[labels.length] = resource;
        return Labels.of(names, values);
      }
    }
  }
}
