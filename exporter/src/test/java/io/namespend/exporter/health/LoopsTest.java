package io.namespend.exporter.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoopsTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final Loops loops = new Loops(now::get);

  @Test
  void aLoopThatDoesNotTurnForItsTimeStandsStill() {
    Loop pods = loops.add("watch pods", Duration.ofMinutes(7));
    loops.add("prices aws", Duration.ofHours(2));

    pass(Duration.ofMinutes(7));
    assertThat(stalled(loops)).isEmpty();

    pass(Duration.ofNanos(1));
    assertThat(stalled(loops)).containsExactly("watch pods");
    assertThat(loops.states())
        .extracting(LoopState::name, LoopState::isStalled)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("watch pods", true),
            org.assertj.core.groups.Tuple.tuple("prices aws", false));

    pods.turned();
    assertThat(stalled(loops)).isEmpty();
  }

  @Test
  void aGuardedTaskGoesOnAfterWhateverItThrows() {
    Loop loop = loops.add("policy", Duration.ofMinutes(5));
    Runnable task =
        loop.guarding(
            () -> {
              throw new StackOverflowError();
            });
    pass(Duration.ofHours(1));

    assertThatCode(task::run).doesNotThrowAnyException();
    assertThat(stalled(loops)).as("it came round").isEmpty();
  }

  @Test
  void onlyWhatNothingCanGoOnAfterEndsTheProcess() {
    assertThat(FatalErrors.isFatal(new OutOfMemoryError())).isTrue();
    assertThat(FatalErrors.isFatal(new InternalError())).isTrue();
    assertThat(FatalErrors.isFatal(new StackOverflowError())).isFalse();
    assertThat(FatalErrors.isFatal(new NoClassDefFoundError())).isFalse();
    assertThat(FatalErrors.isFatal(new IllegalStateException())).isFalse();
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private static List<String> stalled(Loops loops) {
    return loops.states().stream().filter(LoopState::isStalled).map(LoopState::name).toList();
  }
}
