package io.namespend.reporter.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.namespend.reporter.digest.RecordedWeek;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CourierTest {
  @TempDir private Path folder;

  private final List<String> failures = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();
  private final Parcel parcel = SlackTest.parcel(RecordedWeek.TWO_TEAMS);

  @Test
  void oneFailureStopsNoOther() {
    assertThat(deliver(false, channel("a", true), channel("b", false)).line())
        .isEqualTo("delivered 1, delivered before 0, failed 1");
    assertThat(failures).containsExactly("a of company: out of order");
    assertThat(sent).containsExactly("b");
  }

  @Test
  void whatNobodyForesawStopsNoOtherEither() {
    Channel broken =
        new Channel() {
          @Override
          public String key() {
            return "broken";
          }

          @Override
          public void send(Parcel any, Receipts receipts) {
            throw new IllegalStateException("a bug");
          }
        };

    assertThat(deliver(false, broken, channel("b", false)).line())
        .isEqualTo("delivered 1, delivered before 0, failed 1");
    assertThat(failures.get(0)).contains("IllegalStateException: a bug");
  }

  @Test
  void aSecondRunSendsWhatIsMissing() {
    deliver(false, channel("a", true), channel("b", false));

    assertThat(deliver(false, channel("a", false), channel("b", false)).line())
        .isEqualTo("delivered 1, delivered before 1, failed 0");
    assertThat(sent).containsExactly("b", "a");
  }

  @Test
  void resendsWhenAsked() {
    deliver(false, channel("a", false));

    assertThat(deliver(true, channel("a", false)).delivered()).isEqualTo(1);
    assertThat(sent).containsExactly("a", "a");
  }

  @Test
  void sendsNothingWhenItCannotKnowWhatWasSent() throws IOException {
    Files.writeString(folder.resolve("delivered"), "garbage\n");

    assertThatThrownBy(() -> deliver(false, channel("a", false)))
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining("has the line \"garbage\"");
    assertThat(sent).isEmpty();
  }

  @Test
  void saysWhenItCannotRemember() {
    FileLog lost = new FileLog(folder.resolve("missing").resolve("delivered"));

    Courier.Outcome outcome =
        new Courier(lost, Turn.alone(), failures::add)
            .deliver(List.of(new Courier.Round(parcel, List.of(channel("a", false)))), false);

    assertThat(outcome.failed()).isEqualTo(1);
    assertThat(failures.get(0)).contains("it arrived, but the next run will send it again");
  }

  private Courier.Outcome deliver(boolean resend, Channel... channels) {
    return new Courier(new FileLog(folder.resolve("delivered")), Turn.alone(), failures::add)
        .deliver(List.of(new Courier.Round(parcel, List.of(channels))), resend);
  }

  private Channel channel(String name, boolean fails) {
    return new Channel() {
      @Override
      public String key() {
        return name;
      }

      @Override
      public void send(Parcel any, Receipts receipts) {
        if (fails) {
          throw new DeliveryException("out of order");
        }
        if (receipts.of("message").isEmpty()) {
          sent.add(name);
          receipts.add("message", "sent");
        }
      }
    };
  }
}
