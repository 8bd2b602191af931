package io.namespend.testbed.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.testbed.simulation.ClusterPlan;
import io.namespend.testbed.simulation.SimulatedCluster;
import org.junit.jupiter.api.Test;

/** The past is what the exporter would have said. */
class ExporterPageTest {
  private static final long BEGIN = 1_795_000_000L / 60 * 60;
  private static final long END = BEGIN + 15 * 86_400;

  @Test
  void nodesOfThePastAreInTheirGroups() {
    SimulatedCluster cluster = ClusterPlan.simulate(BEGIN, END, 1, 42);

    assertThat(new ExporterPage().at(cluster, END - 1).keySet())
        .filteredOn(series -> series.startsWith("namespend_node_group_info"))
        .map(series -> series.replaceAll(".*node=\"([^\"]*)\".*node_group=\"([^\"]*)\".*", "$1 $2"))
        .containsExactlyInAnyOrder(
            "general-a general",
            "general-b general",
            "compute-a general",
            "memory-a general",
            "spot-a spot",
            "gpu-a gpu",
            "onprem-a ungrouped");
  }
}
