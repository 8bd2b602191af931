package io.namespend.reporter.delivery;

import com.slack.api.SlackConfig;
import com.slack.api.util.http.SlackHttpClient;

/** How Slack is spoken to. */
public final class SlackHttp {
  private SlackHttp() {}

  /** A redirect would take the digest, and what lets one post it, to whatever host it names. */
  public static SlackHttpClient withoutRedirects(SlackConfig config) {
    return new SlackHttpClient(
        SlackHttpClient.buildOkHttpClient(config)
            .newBuilder()
            .followRedirects(false)
            .followSslRedirects(false)
            .build());
  }
}
