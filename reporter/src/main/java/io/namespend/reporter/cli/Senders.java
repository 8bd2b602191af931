package io.namespend.reporter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import io.namespend.reporter.delivery.Channel;
import io.namespend.reporter.delivery.ConfigMapLog;
import io.namespend.reporter.delivery.DeliveryException;
import io.namespend.reporter.delivery.DeliveryLog;
import io.namespend.reporter.delivery.FileLog;
import io.namespend.reporter.delivery.FileTurn;
import io.namespend.reporter.delivery.KubernetesApi;
import io.namespend.reporter.delivery.LeaseTurn;
import io.namespend.reporter.delivery.MailChannel;
import io.namespend.reporter.delivery.MailServer;
import io.namespend.reporter.delivery.MemoryLog;
import io.namespend.reporter.delivery.SlackBot;
import io.namespend.reporter.delivery.SlackHttp;
import io.namespend.reporter.delivery.SlackWebhook;
import io.namespend.reporter.delivery.Turn;
import io.namespend.reporter.prometheus.Pause;
import io.namespend.reporter.prometheus.Trust;
import io.namespend.reporter.settings.Settings;
import io.namespend.reporter.settings.Settings.Audience;
import io.namespend.reporter.settings.Settings.State;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Puts the senders together that the settings name. */
final class Senders {
  private final Settings settings;
  private final Map<String, String> environment;
  private final Pause pause;
  private final Slack slack;
  private final Optional<MailServer> mail;

  Senders(Settings settings, Map<String, String> environment, Pause pause) {
    this.settings = settings;
    this.environment = environment;
    this.pause = pause;
    SlackConfig config = new SlackConfig();
    // Statistics of calls would keep threads running.
    config.setStatsEnabled(false);
    settings.slackApi().ifPresent(config::setMethodsEndpointUrlPrefix);
    slack = Slack.getInstance(config, SlackHttp.withoutRedirects(config));
    mail = settings.mail().map(MailServer::new);
  }

  List<Channel> channels(Audience audience) {
    List<Channel> channels = new ArrayList<>();
    settings
        .slackToken()
        .ifPresent(
            token ->
                audience
                    .slackChannel()
                    .ifPresent(
                        name ->
                            channels.add(new SlackBot(slack.methods(token.value()), name, pause))));
    audience
        .slackWebhook()
        .ifPresent(url -> channels.add(new SlackWebhook(slack, url.value(), pause)));
    if (!audience.recipients().isEmpty()) {
      mail.ifPresent(server -> channels.add(new MailChannel(server, audience.recipients())));
    }
    return channels;
  }

  /** Settings with recipients have a mail server. */
  MailChannel mail(List<String> recipients) {
    return new MailChannel(mail.orElseThrow(), recipients);
  }

  DeliveryLog log() {
    // Patterns in switch need a newer Java than our floor.
    if (settings.state() instanceof State.File file) {
      return new FileLog(file.path());
    }
    return settings.state() instanceof State.ConfigMap map
        ? new ConfigMapLog(api(map), namespace(map), map.name())
        : new MemoryLog();
  }

  /**
   * Waits until no other reporter delivers that has the same log.
   *
   * @param waiting takes a line if one does
   */
  Turn turn(Consumer<String> waiting) {
    if (settings.state() instanceof State.File file) {
      return FileTurn.take(file.path(), waiting);
    }
    if (settings.state() instanceof State.ConfigMap map) {
      return LeaseTurn.take(
          new LeaseTurn.Place(
              api(map),
              namespace(map),
              map.name(),
              "%s_%s"
                  .formatted(environment.getOrDefault("HOSTNAME", "reporter"), UUID.randomUUID()),
              Clock.systemUTC(),
              System::nanoTime),
          pause,
          waiting);
    }
    return Turn.alone();
  }

  void close() {
    mail.ifPresent(MailServer::close);
    try {
      slack.close();
    } catch (Exception e) {
      throw new IllegalStateException("cannot close the client of Slack", e);
    }
  }

  private KubernetesApi api(State.ConfigMap map) {
    String host = environment.get("KUBERNETES_SERVICE_HOST");
    if (host == null) {
      throw new DeliveryException(
          "delivery.configMap works only inside a cluster; outside, use delivery.file");
    }
    String port = Objects.requireNonNullElse(environment.get("KUBERNETES_SERVICE_PORT"), "443");
    String address = host.contains(":") ? "[" + host + "]" : host;
    try {
      // Java's client follows no redirects unless told to.
      HttpClient http =
          HttpClient.newBuilder()
              .proxy(HttpClient.Builder.NO_PROXY)
              .sslContext(Trust.in(map.account().resolve("ca.crt")))
              .build();
      return new KubernetesApi(
          URI.create("https://%s:%s".formatted(address, port)), http, () -> account(map, "token"));
    } catch (IOException e) {
      throw new DeliveryException("no service account is mounted: " + e.getMessage(), e);
    }
  }

  private static String namespace(State.ConfigMap map) {
    return map.namespace().orElseGet(() -> account(map, "namespace"));
  }

  /** What the kubelet mounts of the service account: its token, and the pod's namespace. */
  private static String account(State.ConfigMap map, String file) {
    try {
      return Files.readString(map.account().resolve(file), UTF_8).strip();
    } catch (IOException e) {
      throw new DeliveryException("the service account has no readable " + file, e);
    }
  }
}
