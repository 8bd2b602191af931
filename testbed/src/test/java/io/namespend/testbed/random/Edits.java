package io.namespend.testbed.random;

import io.namespend.testbed.model.Scenario;
import io.namespend.testbed.model.Scenario.Amount;
import io.namespend.testbed.model.Scenario.Claim;
import io.namespend.testbed.model.Scenario.Container;
import io.namespend.testbed.model.Scenario.ExternalService;
import io.namespend.testbed.model.Scenario.Namespace;
import io.namespend.testbed.model.Scenario.Node;
import io.namespend.testbed.model.Scenario.Oddities;
import io.namespend.testbed.model.Scenario.Owner;
import io.namespend.testbed.model.Scenario.Per;
import io.namespend.testbed.model.Scenario.Pod;
import io.namespend.testbed.model.Scenario.Pool;
import io.namespend.testbed.model.Scenario.Split;
import io.namespend.testbed.model.Scenario.Traffic;
import io.namespend.testbed.model.Scenario.Weights;
import io.namespend.testbed.random.Draft.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What can be tried to make a scenario simpler. */
final class Edits {
  private static final Owner SOMEONE = new Owner("red", "1001", "production");

  private final Scenario scenario;
  private final List<Edit> edits = new ArrayList<>();

  private Edits(Scenario scenario) {
    this.scenario = scenario;
  }

  static List<Edit> of(Scenario scenario) {
    Edits edits = new Edits(scenario);
    edits.addRemovals();
    edits.addSimplerCluster();
    edits.addSimplerPolicy();
    return edits.edits;
  }

  private void addRemovals() {
    remove(scenario.nodes(), draft -> draft.nodes);
    remove(scenario.pods(), draft -> draft.pods);
    remove(scenario.claims(), draft -> draft.claims);
    remove(scenario.unclaimedVolumes(), draft -> draft.unclaimedVolumes);
    remove(scenario.loadBalancers(), draft -> draft.loadBalancers);
    remove(scenario.network(), draft -> draft.network);
    remove(scenario.externalServices(), draft -> draft.externalServices);
    remove(scenario.namespaces(), draft -> draft.namespaces);
    remove(
        scenario.pools().stream().filter(pool -> pool.serviceCost().isPresent()).toList(),
        draft -> draft.pools);
    add(draft -> draft.controlPlane = 0);
    add(draft -> draft.oddities = Oddities.NONE);
    add(draft -> draft.oddities = new Oddities(draft.oddities.twoExporters(), false));
    add(draft -> draft.oddities = new Oddities(false, draft.oddities.twoKubelets()));
  }

  private void addSimplerCluster() {
    replace(scenario.nodes(), draft -> draft.nodes, Edits::cheap);
    replace(scenario.nodes(), draft -> draft.nodes, Edits::small);
    replace(scenario.nodes(), draft -> draft.nodes, Edits::withoutGpus);
    replace(scenario.nodes(), draft -> draft.nodes, Edits::withoutReserve);
    replace(scenario.pods(), draft -> draft.pods, pod -> with(pod, pod.containers().subList(0, 1)));
    replace(scenario.pods(), draft -> draft.pods, pod -> eachContainer(pod, Edits::idle));
    replace(scenario.pods(), draft -> draft.pods, pod -> eachContainer(pod, Edits::modest));
    replace(scenario.pods(), draft -> draft.pods, pod -> eachContainer(pod, Edits::unrequested));
    replace(
        scenario.claims(),
        draft -> draft.claims,
        claim -> new Claim(claim.namespace(), claim.name(), 1));
    replace(scenario.unclaimedVolumes(), draft -> draft.unclaimedVolumes, price -> 1.0);
    replace(
        scenario.network(),
        draft -> draft.network,
        sent -> new Traffic(sent.namespace(), sent.kind(), 1));
    add(draft -> draft.controlPlane = Math.min(1, draft.controlPlane));
  }

  private void addSimplerPolicy() {
    replace(
        scenario.externalServices(),
        draft -> draft.externalServices,
        service ->
            new ExternalService(
                service.name(), 1, service.namespace(), service.team(), service.costCenter()));
    replace(
        scenario.namespaces(),
        draft -> draft.namespaces,
        each -> new Namespace(each.name(), each.pool(), Weights.REQUEST, SOMEONE, Map.of()));
    replace(
        scenario.namespaces(),
        draft -> draft.namespaces,
        each -> new Namespace(each.name(), each.pool(), each.weights(), SOMEONE, Map.of()));
    replace(
        scenario.namespaces(),
        draft -> draft.namespaces,
        each ->
            new Namespace(each.name(), "", each.weights(), each.owner(), each.workloadOwners()));
    for (Split split : List.of(Split.NONE, Split.EVEN, Split.PROPORTIONAL)) {
      replace(
          scenario.pools(),
          draft -> draft.pools,
          pool ->
              new Pool(
                  pool.name(),
                  pool.serviceCost(),
                  split,
                  pool.per(),
                  pool.weights(),
                  Map.of(),
                  Map.of()));
    }
    for (Per per : List.of(Per.CLUSTER, Per.NODE_GROUP)) {
      replace(
          scenario.pools(),
          draft -> draft.pools,
          pool ->
              new Pool(
                  pool.name(),
                  pool.serviceCost(),
                  pool.split(),
                  pool.per() == Per.CLUSTER ? Per.CLUSTER : per,
                  pool.weights(),
                  pool.floors(),
                  pool.driver()));
    }
    replace(
        scenario.pools(),
        draft -> draft.pools,
        pool ->
            new Pool(
                pool.name(),
                pool.serviceCost().map(cost -> 1.0),
                pool.split(),
                pool.per(),
                pool.weights(),
                Map.of(),
                pool.driver()));
  }

  /** All, one of the halves, and one by one. */
  private <T> void remove(List<T> elements, Function<Draft, List<T>> in) {
    int half = elements.size() / 2;
    add(draft -> in.apply(draft).removeAll(elements));
    if (half > 1) {
      add(draft -> in.apply(draft).removeAll(elements.subList(0, half)));
      add(draft -> in.apply(draft).removeAll(elements.subList(half, elements.size())));
    }
    elements.forEach(element -> add(draft -> in.apply(draft).remove(element)));
  }

  /** All, and one by one. */
  private <T> void replace(
      List<T> elements, Function<Draft, List<T>> in, UnaryOperator<T> simpler) {
    add(draft -> in.apply(draft).replaceAll(simpler));
    for (T element : elements) {
      add(
          draft ->
              in.apply(draft)
                  .replaceAll(each -> each.equals(element) ? simpler.apply(each) : each));
    }
  }

  private void add(Consumer<Draft> change) {
    edits.add(new Edit(change));
  }

  private static Node cheap(Node node) {
    return new Node(
        node.name(), Optional.of(1.0), false, node.capacity(), node.reserved(), node.group());
  }

  private static Node small(Node node) {
    Amount capacity = new Amount(1000, 1024, node.capacity().gpus());
    return new Node(node.name(), node.price(), node.spot(), capacity, Amount.NONE, node.group());
  }

  private static Node withoutGpus(Node node) {
    Amount capacity = new Amount(node.capacity().millis(), node.capacity().mib(), 0);
    Amount reserved = new Amount(node.reserved().millis(), node.reserved().mib(), 0);
    return new Node(node.name(), node.price(), node.spot(), capacity, reserved, node.group());
  }

  private static Node withoutReserve(Node node) {
    return new Node(
        node.name(), node.price(), node.spot(), node.capacity(), Amount.NONE, node.group());
  }

  private static Pod with(Pod pod, List<Container> containers) {
    return new Pod(
        pod.namespace(),
        pod.name(),
        pod.workloadType(),
        pod.workload(),
        pod.node(),
        pod.phase(),
        containers);
  }

  private static Pod eachContainer(Pod pod, UnaryOperator<Container> change) {
    return with(pod, pod.containers().stream().map(change).toList());
  }

  private static Container idle(Container container) {
    return new Container(container.name(), container.request(), 0, 0);
  }

  private static Container unrequested(Container container) {
    return new Container(container.name(), Amount.NONE, container.usedCores(), container.usedMib());
  }

  /** Without GPUs, and with round figures. */
  private static Container modest(Container container) {
    Amount request = container.request();
    return new Container(
        container.name(),
        new Amount(request.millis() / 1000 * 1000, request.mib() / 1024 * 1024, 0),
        Math.floor(container.usedCores()),
        Math.floor(container.usedMib() / 1024) * 1024);
  }
}
