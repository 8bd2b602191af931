package io.namespend.testbed.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.namespend.testbed.kubernetes.ClusterObjects;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterPlanTest {
  private static final long BEGIN = 1_795_000_000L / 60 * 60;
  private static final long END = BEGIN + 15 * 86_400;

  private final SimulatedCluster cluster = ClusterPlan.simulate(BEGIN, END, 1, 42);

  @Test
  void sameSeedSameCluster() {
    assertThat(ClusterPlan.simulate(BEGIN, END, 1, 42)).isEqualTo(cluster);
    assertThat(ClusterPlan.simulate(BEGIN, END, 1, 43)).isNotEqualTo(cluster);
  }

  @Test
  void scaleMultipliesNodesAndPods() {
    SimulatedCluster large = ClusterPlan.simulate(BEGIN, END, 10, 42);

    assertThat(large.nodes()).hasSize(10 * cluster.nodes().size());
    assertThat(large.podsAt(END)).hasSizeGreaterThan(9 * cluster.podsAt(END).size());
  }

  @Test
  void nodesAreInGroupsButThoseOnPremises() {
    assertThat(cluster.nodes())
        .extracting(SimNode::nodeGroup)
        .containsExactly("general", "general", "general", "general", "spot", "gpu", "");
    assertThat(ClusterObjects.at(cluster, END - 1))
        .filteredOn(object -> object.getKind().equals("Node"))
        .extracting(
            node ->
                node.getMetadata().getName()
                    + " "
                    + node.getMetadata().getLabels().get("karpenter.sh/nodepool"))
        .contains("general-b general", "spot-a spot", "gpu-a gpu", "onprem-a null");
  }

  @Test
  void requestsFitIntoTheirNodes() {
    for (long second = BEGIN; second < END; second += 3600) {
      long now = second;
      for (SimNode node : cluster.nodesAt(now)) {
        double cores =
            cluster.podsAt(now).stream()
                .filter(pod -> pod.runsAt(now) && pod.node().orElseThrow().equals(node))
                .mapToDouble(SimPod::requestedCores)
                .sum();
        assertThat(cores).as(node.name()).isLessThanOrEqualTo(node.allocatableCores());
      }
    }
  }

  @Test
  void hasThePodsThatAreEasilyMiscounted() {
    List<SimPod> pods = cluster.podsAt(END - 1);

    assertThat(pods).anyMatch(pod -> pod.node().isEmpty());
    assertThat(pods).anyMatch(pod -> pod.finishedAt(END - 1));
    assertThat(pods)
        .flatMap(pod -> pod.workload().containers())
        .anyMatch(container -> container.role() == SimContainer.Role.SIDECAR);
    assertThat(cluster.pods())
        .flatMap(pod -> pod.workload().containers())
        .anyMatch(container -> container.role() == SimContainer.Role.INIT);
  }

  @Test
  void integralOfALoadIsTheSumOfItsMoments() {
    Load load = new Load(2, 0.4, 0.2, 14);
    double sum = 0;
    for (long second = BEGIN; second < BEGIN + 100_000; second++) {
      sum += load.at(second + 0.5);
    }

    assertThat(load.between(BEGIN, BEGIN + 100_000)).isCloseTo(sum, within(1e-4));
  }
}
