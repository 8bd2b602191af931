package io.namespend.exporter.cluster.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.namespend.exporter.cluster.ClusterYaml;
import io.namespend.exporter.cluster.node.DeviceShares;
import io.namespend.exporter.cluster.node.Resources;
import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cases of the Kubernetes documentation, and of kube-scheduler's own helper. */
class EffectiveRequestTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          nothing asked for              | [{name: a}]                                                                                       | 0 cores, 0 GiB, 0 GPUs
          one container                  | [{name: a, resources: {requests: {cpu: 250m, memory: 512Mi}}}]                                    | 0.25 cores, 0.5 GiB, 0 GPUs
          containers add up              | [{name: a, resources: {requests: {cpu: 250m, memory: 64Mi}}}, {name: b, resources: {requests: {cpu: 250m, memory: 64Mi}}}] | 0.5 cores, 0.125 GiB, 0 GPUs
          a container that asks nothing  | [{name: a, resources: {requests: {cpu: 100m}}}, {name: b}]                                        | 0.1 cores, 0 GiB, 0 GPUs
          limits alone are no request    | [{name: a, resources: {limits: {cpu: '2', memory: 4Gi}}}]                                         | 0 cores, 0 GiB, 0 GPUs
          decimal and exponent spellings | [{name: a, resources: {requests: {cpu: 1e-1, memory: 1073741824}}}]                               | 0.1 cores, 1 GiB, 0 GPUs
          bytes with a fraction          | [{name: a, resources: {requests: {memory: 1073741824000m}}}]                                      | 0 cores, 1 GiB, 0 GPUs
          NVIDIA GPUs                    | [{name: a, resources: {requests: {cpu: 4, nvidia.com/gpu: 2}}}]                                   | 4 cores, 0 GiB, 2 GPUs
          AMD and Intel GPUs             | [{name: a, resources: {requests: {amd.com/gpu: 1}}}, {name: b, resources: {requests: {gpu.intel.com/xe: 1, gpu.intel.com/i915: 1}}}] | 0 cores, 0 GiB, 3 GPUs
          slices of an A100              | [{name: a, resources: {requests: {nvidia.com/mig-1g.5gb: 7}}}, {name: b, resources: {requests: {nvidia.com/mig-3g.20gb.shared: 7}}}] | 0 cores, 0 GiB, 4 GPUs
          slices of an A30               | [{name: a, resources: {requests: {nvidia.com/mig-1g.6gb: 2, nvidia.com/mig-2g.12gb: 1}}}]         | 0 cores, 0 GiB, 1 GPUs
          a slice with media engines     | [{name: a, resources: {requests: {nvidia.com/mig-7g.80gb+me: 1}}}]                                | 0 cores, 0 GiB, 1 GPUs
          GPUs shared in time            | [{name: a, resources: {requests: {nvidia.com/gpu.shared: 2, nvidia.com/gpu.sharing: 9}}}]          | 0 cores, 0 GiB, 2 GPUs
          what has no price              | [{name: a, resources: {requests: {ephemeral-storage: 9Gi, example.com/dongle: 1}}}]                     | 0 cores, 0 GiB, 0 GPUs
          huge pages are memory          | [{name: a, resources: {requests: {memory: 64Mi, hugepages-2Mi: 1Gi}}}, {name: b, resources: {requests: {hugepages-1Gi: 2Gi}}}] | 0 cores, 3.0625 GiB, 0 GPUs
          Neuron by device and by core   | [{name: a, resources: {requests: {aws.amazon.com/neuron: 2, aws.amazon.com/neuroncore: 4}}}]       | 0 cores, 0 GiB, 2 GPUs
          TPU and Gaudi                  | [{name: a, resources: {requests: {google.com/tpu: 4}}}, {name: b, resources: {requests: {habana.ai/gaudi: 1}}}] | 0 cores, 0 GiB, 5 GPUs
          partitions of an MI300X        | [{name: a, resources: {requests: {amd.com/cpx_nps4: 4, amd.com/spx_nps1: 1}}}]                     | 0 cores, 0 GiB, 1.5 GPUs
          no slice of nothing            | [{name: a, resources: {requests: {nvidia.com/mig-0g.5gb: 7, nvidia.com/mig-9g.5gb: 7}}}]           | 0 cores, 0 GiB, 0 GPUs
          """)
  void containersOfAPodAddUp(String rule, String containers, String expected) {
    assertThat(requestOf("spec: {containers: " + containers + "}")).as(rule).isEqualTo(expected);
  }

  /** Letters are the containers' names, numbers their CPU: {@code i} init, {@code s} sidecar. */
  @ParameterizedTest(name = "{0}: init {1}, containers {2} -> {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a small init step costs nothing more        | i1          | c2    | 2
          a large init step sets the request          | i5          | c2    | 5
          init steps run one by one                   | i3 i4 i2    | c1    | 4
          a sidecar runs beside the containers        | s1          | c2    | 3
          sidecars add up                             | s1 s2       | c3    | 6
          a sidecar runs beside later init steps      | s1 i4       | c2    | 5
          but not beside earlier ones                 | i4 s1       | c2    | 4
          only those started before an init step      | s1 i4 s2    | c1    | 5
          many sidecars outweigh one init step        | s1 i4 s2    | c3    | 6
          each init step beside the sidecars till then| i5 s1 i3 s2 | c2    | 5
          the last init step beside all sidecars      | i5 s1 i3 s2 i6 | c2 | 9
          """)
  void initStepsAndSidecarsCountAsTheSchedulerCountsThem(
      String rule, String init, String containers, int expectedCores) {
    assertThat(
            requestOf(
                "spec: {initContainers: [%s], containers: [%s]}"
                    .formatted(cpuOnly(init), cpuOnly(containers))))
        .as(rule)
        .isEqualTo(expectedCores + " cores, 0 GiB, 0 GPUs");
  }

  @Test
  void theLargestInitStepIsTakenResourceByResource() {
    assertThat(
            requestOf(
                """
                spec:
                  initContainers:
                  - {name: unpack, resources: {requests: {cpu: 100m, memory: 4Gi}}}
                  - {name: compile, resources: {requests: {cpu: '3', memory: 1Gi}}}
                  containers:
                  - {name: app, resources: {requests: {cpu: '1', memory: 2Gi, nvidia.com/gpu: 1}}}
                """))
        .isEqualTo("3 cores, 4 GiB, 1 GPUs");
  }

  @Test
  void overheadOfTheRuntimeClassComesOnTop() {
    // The figures of "Pod Overhead" in the Kubernetes documentation: 2250m CPU and 320 MiB.
    assertThat(
            requestOf(
                """
                spec:
                  overhead: {cpu: 250m, memory: 120Mi}
                  containers:
                  - {name: busybox, resources: {limits: {cpu: 500m, memory: 100Mi}, requests: {cpu: 500m, memory: 100Mi}}}
                  - {name: nginx, resources: {limits: {cpu: 1500m, memory: 100Mi}, requests: {cpu: 1500m, memory: 100Mi}}}
                """))
        .isEqualTo("2.25 cores, 0.3125 GiB, 0 GPUs");
  }

  @Test
  void overheadComesOnTopOfTheLargestInitStep() {
    assertThat(
            requestOf(
                """
                spec:
                  overhead: {cpu: 250m}
                  initContainers: [{name: setup, resources: {requests: {cpu: '2'}}}]
                  containers: [{name: app, resources: {requests: {cpu: '1'}}}]
                """))
        .isEqualTo("2.25 cores, 0 GiB, 0 GPUs");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          both replaced           | {requests: {cpu: '1', memory: 1Gi}}   | 1.25 cores, 1 GiB, 1 GPUs
          only CPU replaced       | {requests: {cpu: 1500m}}              | 1.75 cores, 6 GiB, 1 GPUs
          only memory replaced    | {requests: {memory: 8Gi}}             | 3.25 cores, 8 GiB, 1 GPUs
          huge pages of the pod   | {requests: {memory: 1Gi, hugepages-2Mi: 2Gi}} | 3.25 cores, 3 GiB, 1 GPUs
          GPUs are not pod-level  | {requests: {nvidia.com/gpu: 5}}       | 3.25 cores, 6 GiB, 1 GPUs
          pod-level limits alone  | {limits: {cpu: '9'}}                  | 3.25 cores, 6 GiB, 1 GPUs
          empty                   | {}                                    | 3.25 cores, 6 GiB, 1 GPUs
          """)
  void podLevelRequestsReplaceTheContainersResourceByResource(
      String rule, String podLevel, String expected) {
    assertThat(
            requestOf(
                """
                spec:
                  resources: %s
                  overhead: {cpu: 250m}
                  initContainers:
                  - {name: proxy, restartPolicy: Always, resources: {requests: {cpu: '1', memory: 2Gi}}}
                  containers:
                  - {name: app, resources: {requests: {cpu: '2', memory: 4Gi, nvidia.com/gpu: 1}}}
                """
                    .formatted(podLevel)))
        .as(rule)
        .isEqualTo(expected);
  }

  /** The pod's specification asks for 1 core and 1 GiB. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          not resized                    | {name: app, allocatedResources: {cpu: '1', memory: 1Gi}, resources: {requests: {cpu: '1', memory: 1Gi}}}   | 1 cores, 1 GiB, 0 GPUs
          growing, not yet granted       | {name: app, allocatedResources: {cpu: 500m, memory: 1Gi}, resources: {requests: {cpu: 500m, memory: 1Gi}}} | 1 cores, 1 GiB, 0 GPUs
          shrinking, not yet done        | {name: app, allocatedResources: {cpu: '1', memory: 1Gi}, resources: {requests: {cpu: '2', memory: 3Gi}}}   | 2 cores, 3 GiB, 0 GPUs
          shrinking, not yet granted     | {name: app, allocatedResources: {cpu: '2', memory: 1Gi}, resources: {requests: {cpu: '1', memory: 1Gi}}}   | 2 cores, 1 GiB, 0 GPUs
          a status that tells of nothing | {name: app}                                                                                                | 1 cores, 1 GiB, 0 GPUs
          the status of another          | {name: other, allocatedResources: {cpu: '7'}, resources: {requests: {cpu: '7'}}}                           | 1 cores, 1 GiB, 0 GPUs
          """)
  void aResizeInPlaceCountsTheLargerAmountUntilItIsDone(
      String rule, String status, String expected) {
    assertThat(
            requestOf(
                """
                spec:
                  containers: [{name: app, resources: {requests: {cpu: '1', memory: 1Gi}}}]
                status:
                  containerStatuses: [%s]
                """
                    .formatted(status)))
        .as(rule)
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({"Infeasible, '1 cores, 0 GiB, 0 GPUs'", "Deferred, '64 cores, 0 GiB, 0 GPUs'"})
  void aResizeThatTheNodeCanNeverGrantIsNotCounted(String reason, String expected) {
    assertThat(
            requestOf(
                """
                spec:
                  containers: [{name: app, resources: {requests: {cpu: '64'}}}]
                status:
                  conditions: [{type: PodResizePending, status: 'True', reason: %s}]
                  containerStatuses:
                  - {name: app, allocatedResources: {cpu: '1'}, resources: {requests: {cpu: '1'}}}
                """
                    .formatted(reason)))
        .isEqualTo(expected);
  }

  @Test
  void aResizedSidecarCountsToo() {
    assertThat(
            requestOf(
                """
                spec:
                  initContainers: [{name: proxy, restartPolicy: Always, resources: {requests: {cpu: '1'}}}]
                  containers: [{name: app, resources: {requests: {cpu: '1'}}}]
                status:
                  initContainerStatuses:
                  - {name: proxy, allocatedResources: {cpu: '3'}, resources: {requests: {cpu: '3'}}}
                """))
        .isEqualTo("4 cores, 0 GiB, 0 GPUs");
  }

  @Test
  void aFinishedInitStepCountsAsItWasAskedFor() {
    assertThat(
            requestOf(
                """
                spec:
                  initContainers: [{name: setup, resources: {requests: {cpu: '2'}}}]
                  containers: [{name: app, resources: {requests: {cpu: '1'}}}]
                status:
                  conditions: [{type: PodResizePending, status: 'True', reason: Infeasible}]
                  initContainerStatuses: [{name: setup, resources: {}}]
                """))
        .isEqualTo("2 cores, 0 GiB, 0 GPUs");
  }

  @Test
  void aPodWithoutASpecificationAsksForNothing() {
    assertThat(requestOf("status: {phase: Pending}")).isEqualTo("0 cores, 0 GiB, 0 GPUs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {cpu: plenty}    | cpu: "plenty" is not a Kubernetes quantity such as 500m or 2Gi
          {memory: 2GiB}   | memory: "2GiB" is not a Kubernetes quantity such as 500m or 2Gi
          {cpu: '-1'}      | cpu is -1; it must be from 0 to 2^63
          {cpu: '1e30'}    | cpu is 1e30; it must be from 0 to 2^63
          """)
  void anAmountThatIsNoneIsNamed(String requests, String message) {
    assertThatThrownBy(
            () ->
                requestOf(
                    "spec: {containers: [{name: a, resources: {requests: %s}}]}"
                        .formatted(requests)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static String requestOf(String specAndStatus) {
    EffectiveRequest effective =
        EffectiveRequest.of(
            ClusterYaml.object(
                "apiVersion: v1\nkind: Pod\nmetadata: {namespace: shop, name: web}\n"
                    + specAndStatus));
    Resources request = effective.cpuAndMemory();
    double gpus = DeviceShares.PLAIN.devices(effective.devices());
    return "%s cores, %s GiB, %s GPUs"
        .formatted(plain(request.cpuCores()), plain(request.memoryGib()), plain(gpus));
  }

  /** Nine digits: the sum of 0.1 and 0.2 is 0.3. */
  private static String plain(double amount) {
    return BigDecimal.valueOf(amount)
        .round(new MathContext(9))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** {@code s1 i4} is a sidecar of 1 core, then an init container of 4. */
  private static String cpuOnly(String containers) {
    StringBuilder yaml = new StringBuilder();
    for (String container : containers.split(" ", -1)) {
      yaml.append("{name: ").append(container);
      yaml.append(container.startsWith("s") ? ", restartPolicy: Always" : "");
      yaml.append(", resources: {requests: {cpu: '")
          .append(container.substring(1))
          .append("'}}}, ");
    }
    return yaml.toString();
  }
}
