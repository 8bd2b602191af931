package io.namespend.testbed.apiserver;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/** What does not change: namespaces, workloads, volumes, Services. */
final class ServedObjects {
  private static final int LOAD_BALANCER_EVERY = 50;

  private ServedObjects() {}

  /** By path. */
  static Map<String, ObjectList> of(ClusterSize size) {
    List<Map<String, String>> services = new ArrayList<>();
    Map<String, List<Map<String, String>>> workloads = new HashMap<>();
    for (String kind : ServedWorkload.KINDS) {
      workloads.put(kind, new ArrayList<>());
    }
    for (int i = 0; i < size.workloads(); i++) {
      ServedWorkload workload = new ServedWorkload(i, size);
      workloads
          .getOrDefault(workload.kind(), List.of())
          .add(metadata(workload, workload.name(), "[]"));
      for (String between : workload.objectsBetween()) {
        workloads
            .getOrDefault(workload.ownerKind(), List.of())
            .add(metadata(workload, between, owner(workload)));
      }
      if (workload.kind().equals("Deployment")) {
        services.add(service(workload));
      }
    }
    Map<String, ObjectList> lists = new HashMap<>();
    workloads.forEach(
        (kind, objects) ->
            lists.put(
                "/apis/%s/%ss"
                    .formatted(ServedWorkload.apiVersion(kind), kind.toLowerCase(Locale.ROOT)),
                list("workload.json", objects.size(), objects::get)));
    lists.put("/api/v1/services", list("service.json", services.size(), services::get));
    lists.put(
        "/api/v1/namespaces", list("namespace.json", size.namespaces(), ServedObjects::namespace));
    lists.put(
        "/api/v1/persistentvolumes",
        list("volume.json", size.volumes(), number -> volume(number, size)));
    lists.put(
        "/apis/storage.k8s.io/v1/storageclasses",
        list("storageclass.json", 1, number -> Map.of("name", "gp3")));
    lists.put("/apis/networking.k8s.io/v1/ingresses", list("service.json", 0, services::get));
    return lists;
  }

  static String uid(String kind, long number) {
    return "%08x-0000-4000-8000-%012x".formatted(kind.hashCode(), number);
  }

  private static ObjectList list(
      String template, int count, IntFunction<Map<String, String>> values) {
    Template json = Template.of(template);
    return new ObjectList() {
      @Override
      public int places() {
        return count;
      }

      @Override
      public void write(int place, StringBuilder out) {
        json.write(out, values.apply(place));
      }
    };
  }

  private static Map<String, String> metadata(ServedWorkload workload, String name, String owners) {
    return Map.of(
        "name", name,
        "namespace", workload.namespace(),
        "uid", uid(workload.kind(), workload.number()),
        "workload", workload.name(),
        "team", workload.team(),
        "owners", owners);
  }

  private static String owner(ServedWorkload workload) {
    return "[{\"apiVersion\":\"%s\",\"kind\":\"%s\",\"name\":\"%s\",\"uid\":\"%s\",\"controller\":true,\"blockOwnerDeletion\":true}]"
        .formatted(
            ServedWorkload.apiVersion(workload.kind()),
            workload.kind(),
            workload.name(),
            uid(workload.kind(), workload.number()));
  }

  private static Map<String, String> service(ServedWorkload workload) {
    boolean balanced = workload.number() % LOAD_BALANCER_EVERY == 0;
    return Map.of(
        "name", workload.name(),
        "namespace", workload.namespace(),
        "uid", uid("Service", workload.number()),
        "team", workload.team(),
        "type", balanced ? "LoadBalancer" : "ClusterIP",
        "ingress",
            balanced
                ? "[{\"hostname\":\"a%032x.elb.us-east-1.amazonaws.com\"}]"
                    .formatted(workload.number())
                : "[]");
  }

  private static Map<String, String> namespace(int number) {
    return Map.of(
        "name", ServedWorkload.namespace(number),
        "uid", uid("Namespace", number),
        "team", ServedWorkload.team(number),
        "costCenter", "cc-" + number % 50);
  }

  private static Map<String, String> volume(int number, ClusterSize size) {
    return Map.of(
        "name", "pvc-" + uid("PersistentVolume", number),
        "uid", uid("PersistentVolumeClaim", number),
        "gib", Integer.toString(10 + number % 20 * 10),
        "handle", "vol-%017x".formatted(number),
        "namespace", ServedWorkload.namespace(number % size.namespaces()),
        "claim", "data-" + number,
        "zone", "us-east-1" + "abc".charAt(number % 3));
  }
}
