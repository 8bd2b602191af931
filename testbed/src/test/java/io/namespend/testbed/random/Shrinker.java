package io.namespend.testbed.random;

import io.namespend.testbed.model.Scenario;
import io.namespend.testbed.random.Draft.Edit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Makes a failing scenario small. Candidates of one round are tested all at once, for a round takes
 * about as long for one as for a hundred.
 */
final class Shrinker {
  private static final int MOST_TURNS = 6;

  /** Says which scenarios fail. */
  interface Trial {
    /** In the order of the scenarios. */
    List<Boolean> fail(List<Scenario> scenarios) throws InterruptedException;
  }

  private final Trial trial;

  Shrinker(Trial trial) {
    this.trial = trial;
  }

  /**
   * A scenario that still fails, and of which nothing more can be taken if the turns sufficed.
   *
   * @param scenario that fails
   */
  Scenario shrink(Scenario scenario) throws InterruptedException {
    Scenario smallest = scenario;
    for (int turn = 0; turn < MOST_TURNS; turn++) {
      Scenario smaller = turn(smallest);
      if (smaller.equals(smallest)) {
        return smallest;
      }
      smallest = smaller;
    }
    return smallest;
  }

  /** Tries each edit alone, then as many as possible of those that keep it failing together. */
  private Scenario turn(Scenario scenario) throws InterruptedException {
    List<Edit> edits =
        Edits.of(scenario).stream().filter(edit -> !edit.on(scenario).equals(scenario)).toList();
    List<Scenario> alone = edits.stream().map(edit -> edit.on(scenario)).toList();
    List<Boolean> fails = trial.fail(alone);
    List<Edit> useful = new ArrayList<>();
    for (int i = 0; i < edits.size(); i++) {
      if (fails.get(i)) {
        useful.add(edits.get(i));
      }
    }
    if (useful.isEmpty()) {
      return scenario;
    }
    // The strongest edits first.
    useful.sort(Comparator.comparingInt(edit -> size(edit.on(scenario))));
    List<Scenario> together = new ArrayList<>();
    Scenario all = scenario;
    for (Edit edit : useful) {
      all = edit.on(all);
      together.add(all);
    }
    List<Boolean> togetherFail = trial.fail(together);
    Scenario best = together.get(0);
    for (int i = 1; i < together.size(); i++) {
      if (togetherFail.get(i)) {
        best = together.get(i);
      }
    }
    return best;
  }

  static int size(Scenario scenario) {
    return scenario.describe().length();
  }
}
