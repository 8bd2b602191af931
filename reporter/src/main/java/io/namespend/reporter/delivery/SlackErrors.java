package io.namespend.reporter.delivery;

import org.jspecify.annotations.Nullable;

/** What to do about the errors that Slack documents. */
final class SlackErrors {
  private SlackErrors() {}

  static DeliveryException of(@Nullable String error) {
    String code = error == null || error.isBlank() ? "no reason given" : error;
    return new DeliveryException("Slack refuses it: %s; %s".formatted(code, remedy(code)));
  }

  /** An answer that is no answer of Slack: a page of a proxy, or of a login. */
  static DeliveryException ofPage(int status, @Nullable Exception cause) {
    return new DeliveryException(
        "not Slack answers but a web page (HTTP %d, HTML); a proxy or firewall stands before it: let"
                .formatted(status)
            + " it pass to slack.com and hooks.slack.com, or check HTTPS_PROXY",
        cause);
  }

  static boolean isPage(@Nullable String body) {
    return body != null && body.stripLeading().regionMatches(true, 0, "<", 0, 1);
  }

  private static String remedy(String code) {
    return switch (code) {
      case "channel_not_found", "not_in_channel", "is_archived", "channel_is_archived" ->
          "check the channel's name, and invite the app to it";
      case "invalid_auth",
          "not_authed",
          "account_inactive",
          "token_revoked",
          "token_expired",
          "invalid_token" ->
          "put a valid bot token (xoxb-) where slack.token says";
      case "missing_scope", "not_allowed_token_type", "no_permission" ->
          "give the app the scopes chat:write and files:write, and install it again";
      case "no_service", "no_active_hooks", "no_team" ->
          "create the webhook again, and put it where slackWebhook says";
      case "msg_blocks_too_long", "msg_too_long", "invalid_blocks", "invalid_payload" ->
          "please report this, with the text of --dry-run";
      default -> "see Slack's list of errors";
    };
  }
}
