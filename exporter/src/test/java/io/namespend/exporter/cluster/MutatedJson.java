package io.namespend.exporter.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Kubernetes objects in which something is missing, of another type, or of no sense. */
public final class MutatedJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String[] TEXTS = {
    "",
    " ",
    "-1",
    "-5Gi",
    "1e400",
    "-0",
    "NaN",
    "Infinity",
    "1e-400",
    "9".repeat(400),
    "0x10",
    "1Zi",
    "12e",
    "e",
    ".",
    "1.1.1",
    "\u0000",
    "\ud83d\ude80",
    "\ud800",
    "a\"b\\c\nd",
    "../..",
    "/",
    "a/b",
    "null",
    "\u202e",
    "x".repeat(70_000)
  };

  private final Random random;

  public MutatedJson(Random random) {
    this.random = random;
  }

  /** Objects of all kinds as they should be, with every field that costs depend on. */
  public static List<ObjectNode> objects() {
    return ClusterYaml.objects(GOOD).stream().map(ObjectNode.class::cast).toList();
  }

  /** A copy with some mutations; kind and apiVersion stay. */
  public ObjectNode mutated(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    for (int count = 1 + random.nextInt(4); count > 0; count--) {
      mutateSomewhere(copy);
    }
    copy.set("kind", object.get("kind"));
    copy.set("apiVersion", object.get("apiVersion"));
    return copy;
  }

  private void mutateSomewhere(ObjectNode root) {
    List<JsonNode> containers = new ArrayList<>();
    collect(root, containers);
    JsonNode place = containers.get(random.nextInt(containers.size()));
    if (place instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name =
          names.isEmpty() || random.nextInt(8) == 0
              ? TEXTS[random.nextInt(TEXTS.length)]
              : names.get(random.nextInt(names.size()));
      if (random.nextInt(4) == 0) {
        object.remove(name);
      } else {
        object.set(name, value());
      }
    } else if (place instanceof ArrayNode array) {
      array.insert(random.nextInt(array.size() + 1), value());
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private JsonNode value() {
    return switch (random.nextInt(12)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextInt());
      case 3 -> NODES.numberNode(new BigDecimal("1e" + (random.nextInt(2000) - 1000)));
      case 4 -> NODES.numberNode(BigInteger.TEN.pow(random.nextInt(300)).negate());
      case 5 -> NODES.arrayNode();
      case 6 -> NODES.objectNode();
      case 7 -> deep();
      default -> NODES.textNode(TEXTS[random.nextInt(TEXTS.length)]);
    };
  }

  private JsonNode deep() {
    JsonNode inner = NODES.textNode("deep");
    for (int depth = random.nextInt(230); depth > 0; depth--) {
      inner =
          random.nextBoolean() ? NODES.arrayNode().add(inner) : NODES.objectNode().set("a", inner);
    }
    return inner;
  }

  public static String text(JsonNode object) {
    try {
      return new ObjectMapper().writeValueAsString(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final String GOOD =
      """
      apiVersion: v1
      kind: Node
      metadata: {name: n1, labels: {node.kubernetes.io/instance-type: m5.large, topology.kubernetes.io/zone: eu-west-1a}}
      spec: {providerID: 'aws:///eu-west-1a/i-1'}
      status: {capacity: {cpu: '2', memory: 8Gi, nvidia.com/mig-1g.5gb: '3'}, allocatable: {cpu: 1900m, memory: 7Gi}, nodeInfo: {kubeletVersion: v1.33}}
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: f1, labels: {eks.amazonaws.com/compute-type: fargate}}
      spec: {providerID: 'aws:///eu-west-1b/0-1/fargate-1'}
      status: {capacity: {cpu: '2', memory: 4037540Ki}}
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: g1, labels: {nvidia.com/gpu.replicas: '4', nvidia.com/gpu.count: '1', nvidia.com/gpu.product: T4-SHARED}}
      status: {capacity: {cpu: '4', memory: 16Gi, hugepages-2Mi: 1Gi, nvidia.com/gpu: '4'}, allocatable: {cpu: '4', memory: 14Gi, hugepages-2Mi: 1Gi, nvidia.com/gpu: '3'}}
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: k1, annotations: {kwok.x-k8s.io/node: fake}}
      status: {capacity: {cpu: '32', memory: 256Gi}}
      ---
      apiVersion: v1
      kind: Node
      metadata: {name: v1, labels: {topology.kubernetes.io/region: eastus}}
      spec: {taints: [{key: virtual-kubelet.io/provider, value: azure, effect: NoSchedule}]}
      status: {capacity: {cpu: '10000', memory: 4Ti}}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {namespace: shop, name: burst}
      spec: {nodeName: v1, containers: [{name: app, resources: {requests: {cpu: '1', memory: 2Gi, hugepages-2Mi: 4Mi}}}]}
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceClaim
      metadata: {namespace: shop, name: gpu}
      status:
        allocation: {devices: {results: [{request: gpu, driver: gpu.nvidia.com, pool: n1, device: gpu-0, consumedCapacity: {memory: 4Gi}}]}}
        reservedFor: [{resource: pods, name: web-7f9c-x2x4z, uid: u9}]
      ---
      apiVersion: resource.k8s.io/v1
      kind: ResourceSlice
      metadata: {name: n1-gpu}
      spec:
        driver: gpu.nvidia.com
        nodeName: n1
        pool: {name: n1, generation: 1, resourceSliceCount: 1}
        devices: [{name: gpu-0, allowMultipleAllocations: true, attributes: {type: {string: gpu}}, capacity: {memory: {value: 16Gi}}}]
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: shop, labels: {team: web}, annotations: {namespend.io/team: web}}
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        namespace: shop
        name: web-7f9c-x2x4z
        labels: {pod-template-hash: 7f9c}
        ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-7f9c, uid: u2, controller: true}]
      spec:
        nodeName: n1
        overhead: {cpu: 10m}
        resources: {requests: {memory: 1Gi}}
        initContainers: [{name: proxy, restartPolicy: Always, resources: {requests: {cpu: 100m}}}]
        containers: [{name: app, resources: {requests: {cpu: 500m, memory: 1Gi, nvidia.com/gpu: 1}}}]
      status:
        phase: Running
        conditions: [{type: PodResizePending, status: 'True', reason: Deferred}]
        containerStatuses: [{name: app, allocatedResources: {cpu: 600m}, resources: {requests: {cpu: 700m}}}]
        initContainerStatuses: [{name: proxy, allocatedResources: {cpu: 200m}, resources: {requests: {cpu: 300m}}}]
      ---
      apiVersion: v1
      kind: Pod
      metadata:
        namespace: shop
        name: job-1
        annotations: {CapacityProvisioned: 0.25vCPU 0.5GB}
        ownerReferences: [{apiVersion: batch/v1, kind: Job, name: nightly-28000000, uid: u4, controller: true}]
      spec: {nodeName: f1, containers: [{name: app, resources: {requests: {cpu: 250m}}}]}
      ---
      apiVersion: apps/v1
      kind: ReplicaSet
      metadata:
        namespace: shop
        name: web-7f9c
        labels: {team: web}
        ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: u1, controller: true}]
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {namespace: shop, name: web, labels: {team: web}}
      spec: {template: {metadata: {labels: {team: web}}}}
      ---
      apiVersion: apps/v1
      kind: StatefulSet
      metadata: {namespace: shop, name: db, labels: {team: data}}
      spec: {template: {metadata: {labels: {team: data}}}}
      ---
      apiVersion: apps/v1
      kind: DaemonSet
      metadata: {namespace: shop, name: agent, labels: {team: web}}
      ---
      apiVersion: batch/v1
      kind: CronJob
      metadata: {namespace: shop, name: nightly}
      spec: {jobTemplate: {spec: {template: {metadata: {labels: {team: data}}}}}}
      ---
      apiVersion: batch/v1
      kind: Job
      metadata:
        namespace: shop
        name: nightly-28000000
        ownerReferences: [{apiVersion: batch/v1, kind: CronJob, name: nightly, uid: u5, controller: true}]
      ---
      apiVersion: v1
      kind: PersistentVolume
      metadata: {name: pv-a, labels: {topology.kubernetes.io/region: eu-west-1}}
      spec:
        capacity: {storage: 100Gi}
        storageClassName: fast
        csi: {driver: ebs.csi.aws.com, volumeHandle: vol-0a}
        claimRef: {namespace: shop, name: data}
        nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: topology.ebs.csi.aws.com/zone, operator: In, values: [eu-west-1b]}]}]}}
      status: {phase: Bound}
      ---
      apiVersion: storage.k8s.io/v1
      kind: StorageClass
      metadata: {name: fast}
      provisioner: ebs.csi.aws.com
      parameters: {type: gp3, iops: '4000'}
      ---
      apiVersion: v1
      kind: Service
      metadata: {namespace: shop, name: web, annotations: {service.beta.kubernetes.io/aws-load-balancer-type: nlb}}
      spec: {type: LoadBalancer, loadBalancerClass: service.k8s.aws/nlb}
      status: {loadBalancer: {ingress: [{hostname: x.elb.eu-west-1.amazonaws.com}]}}
      ---
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {namespace: shop, name: web, annotations: {kubernetes.io/ingress.class: alb}}
      spec: {ingressClassName: alb}
      status: {loadBalancer: {ingress: [{hostname: y.eu-west-1.elb.amazonaws.com}]}}
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {namespace: shop, name: gw}
      spec: {gatewayClassName: gke-l7-rilb, listeners: [{name: https, port: 443, protocol: HTTPS}]}
      status: {addresses: [{type: IPAddress, value: 10.0.0.9}]}
      """;
}
