package io.namespend.reporter.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import io.namespend.reporter.digest.DigestSettings;
import io.namespend.reporter.digest.PageWriter;
import io.namespend.reporter.digest.RecordedWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SlackTest {
  private final FakeSlack slack = new FakeSlack();
  private final List<Duration> pauses = new ArrayList<>();
  private final Map<String, String> known = new HashMap<>();
  private final Receipts receipts = TestReceipts.of(known, "slack");

  @AfterEach
  void stop() {
    slack.close();
  }

  @Test
  void postsTheDigestThenTheTableAndTheChartInItsThread() {
    bot().send(parcel(RecordedWeek.TWO_TEAMS), receipts);

    assertThat(slack.calls)
        .containsExactly(
            "chat.postMessage",
            "chat.postMessage",
            "files.getUploadURLExternal",
            "upload",
            "files.completeUploadExternal");
    assertThat(slack.blocks.get(0).toString())
        .contains("Kubernetes costs")
        .contains("$1,000.00")
        .contains("Deployment api +$90.00");
    assertThat(slack.blocks.get(1).toString()).contains("```");
    assertThat(new String(slack.uploads.get(0), java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains("PNG");
    assertThat(known.values()).contains("C123/17000.1");
  }

  @Test
  void sendsOnlyWhatIsMissing() {
    slack.error = "missing_scope";
    slack.failing = "files.getUploadURLExternal";
    assertThatThrownBy(() -> bot().send(parcel(RecordedWeek.TWO_TEAMS), receipts))
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining("missing_scope")
        .hasMessageContaining("files:write");
    slack.error = "";
    slack.calls.clear();

    bot().send(parcel(RecordedWeek.TWO_TEAMS), receipts);
    bot().send(parcel(RecordedWeek.TWO_TEAMS), receipts);

    assertThat(slack.calls)
        .containsExactly("files.getUploadURLExternal", "upload", "files.completeUploadExternal");
  }

  @Test
  void waitsAsLongAsSlackWants() {
    slack.statuses.addAll(List.of(429, 503));

    bot().send(parcel(RecordedWeek.TWO_TEAMS), receipts);

    assertThat(pauses).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(3));
    assertThat(slack.blocks).hasSize(2);
  }

  @Test
  void givesUpOnASlackThatStaysBusy() {
    slack.statuses.addAll(List.of(500, 500, 500));

    assertThatThrownBy(() -> bot().send(parcel(RecordedWeek.TWO_TEAMS), receipts))
        .hasMessage("Slack is out of order (HTTP 500); run the reporter again later");
    assertThat(known).isEmpty();
  }

  @Test
  void namesTheRemedy() {
    slack.error = "channel_not_found";
    assertThatThrownBy(() -> bot().send(parcel(RecordedWeek.TWO_TEAMS), receipts))
        .hasMessageContaining("channel_not_found; check the channel's name, and invite the app");
    slack.error = "token_expired";
    assertThatThrownBy(() -> bot().send(parcel(RecordedWeek.TWO_TEAMS), receipts))
        .hasMessageContaining("token_expired; put a valid bot token")
        .hasMessageNotContaining("xoxb-secret");
  }

  @Test
  void hostileNamesAndThousandsOfThemStayWithinTheLimits() {
    StringBuilder many = new StringBuilder(RecordedWeek.TWO_TEAMS);
    for (int i = 0; i < 2_000; i++) {
      many.append(
          "2026-11-16T00:05:00Z (namespace:cost:sum1h[7d] {namespace=\"<!channel>```&<http://x|%s%d>\"} 20\n"
              .formatted("n".repeat(80), i));
    }

    bot().send(parcel(many.toString()), receipts);

    assertThat(slack.blocks).hasSize(2);
    assertThat(slack.blocks.toString())
        .doesNotContain("<!channel>", "<http://x")
        .contains("&lt;!channel&gt;")
        .contains("more lines did not fit");
  }

  @Test
  void aWebhookGetsTheDigestOnce() {
    SlackWebhook webhook = new SlackWebhook(Slack.getInstance(), slack.url("hook"), pauses::add);

    webhook.send(parcel(RecordedWeek.TWO_TEAMS), receipts);
    webhook.send(parcel(RecordedWeek.TWO_TEAMS), receipts);

    assertThat(slack.calls).containsExactly("hook");
    assertThat(slack.blocks.get(0).toString()).contains("$1,000.00");
  }

  @Test
  void aWebhookThatIsGoneSaysSo() {
    slack.error = "no_service";
    SlackWebhook webhook = new SlackWebhook(Slack.getInstance(), slack.url("hook"), pauses::add);

    assertThatThrownBy(() -> webhook.send(parcel(RecordedWeek.TWO_TEAMS), receipts))
        .hasMessageContaining("no_service; create the webhook again")
        .hasMessageNotContaining(slack.url("hook"));
  }

  /** With status 200 it counted as delivered. */
  @ParameterizedTest
  @ValueSource(ints = {200, 403})
  void aWebPageIsNoAnswerOfSlack(int status) {
    slack.page = "\n<!DOCTYPE html><html><body>Please log in</body></html>";
    slack.pageStatus = status;
    SlackWebhook webhook = new SlackWebhook(Slack.getInstance(), slack.url("hook"), pauses::add);

    for (Channel channel : List.of(webhook, bot())) {
      assertThatThrownBy(() -> channel.send(parcel(RecordedWeek.TWO_TEAMS), receipts))
          .isInstanceOf(DeliveryException.class)
          .hasMessageContaining(
              "not Slack answers but a web page (HTTP %d, HTML)".formatted(status))
          .hasMessageContaining("HTTPS_PROXY")
          .hasMessageNotContaining("DOCTYPE");
    }
    assertThat(known).isEmpty();
  }

  private SlackBot bot() {
    SlackConfig config = new SlackConfig();
    config.setStatsEnabled(false);
    config.setMethodsEndpointUrlPrefix(slack.url("api/"));
    return new SlackBot(Slack.getInstance(config).methods("xoxb-secret"), "#costs", pauses::add);
  }

  static Parcel parcel(String recorded) {
    return new Parcel(
        RecordedWeek.read(recorded, DigestSettings.DEFAULT).company(),
        new PageWriter(Optional.empty(), 20));
  }
}
