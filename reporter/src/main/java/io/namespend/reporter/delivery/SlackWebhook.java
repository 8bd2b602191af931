package io.namespend.reporter.delivery;

import com.slack.api.Slack;
import com.slack.api.webhook.Payload;
import com.slack.api.webhook.WebhookResponse;
import io.namespend.reporter.delivery.SlackPatience.BusyException;
import io.namespend.reporter.prometheus.Pause;

/** A Slack channel through an incoming webhook: the digest alone, for it takes no files. */
public final class SlackWebhook implements Channel {
  private static final String MESSAGE = "message";

  private final Slack slack;
  private final String url;
  private final SlackPatience patience;

  /**
   * @param url is the secret
   */
  public SlackWebhook(Slack slack, String url, Pause pause) {
    this.slack = slack;
    this.url = url;
    patience = new SlackPatience(pause);
  }

  @Override
  public String key() {
    return "slack-webhook";
  }

  @Override
  public void send(Parcel parcel, Receipts receipts) {
    if (receipts.of(MESSAGE).isPresent()) {
      return;
    }
    Payload payload =
        Payload.builder()
            .text(SlackBlocks.fallback(parcel.page()))
            .blocks(SlackBlocks.message(parcel.page()))
            .unfurlLinks(false)
            .unfurlMedia(false)
            .build();
    WebhookResponse response =
        patience.send(
            () -> {
              WebhookResponse one = slack.send(url, payload);
              if (BusyException.isBusy(one.getCode())) {
                throw new BusyException(one.getCode(), retryAfter(one));
              }
              return one;
            });
    if (SlackErrors.isPage(response.getBody())) {
      throw SlackErrors.ofPage(response.getCode(), null);
    }
    if (response.getCode() != 200) {
      throw SlackErrors.of(response.getBody());
    }
    receipts.add(MESSAGE, "sent");
  }

  private static String retryAfter(WebhookResponse response) {
    return response.getHeaders().entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Retry-After"))
        .map(header -> header.getValue().stream().findFirst().orElse(""))
        .findFirst()
        .orElse("");
  }
}
