package io.namespend.reporter.settings;

import io.namespend.reporter.digest.DigestSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * What the settings file says, with its secrets read.
 *
 * @param slackApi address of Slack's methods, ends with a slash; empty for slack.com
 */
public record Settings(
    Prometheus prometheus,
    ZoneId zone,
    Optional<URI> dashboards,
    DigestSettings digest,
    Optional<Secret> slackToken,
    Optional<String> slackApi,
    Optional<Mail> mail,
    Audience company,
    Map<String, Audience> teams,
    Optional<Monthly> statement,
    State state) {
  public static final Settings NONE =
      new Settings(
          new Prometheus(Optional.empty(), Optional.empty(), Map.of(), Optional.empty()),
          ZoneOffset.UTC,
          Optional.empty(),
          DigestSettings.DEFAULT,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Audience.NOBODY,
          Map.of(),
          Optional.empty(),
          new State.Nowhere());

  public Settings {
    teams = Map.copyOf(teams);
  }

  /** How Prometheus is asked; headers are secret. */
  public record Prometheus(
      Optional<String> url,
      Optional<Duration> timeout,
      Map<String, Secret> headers,
      Optional<SSLContext> tls) {
    public Prometheus {
      headers = Map.copyOf(headers);
    }
  }

  /** Who gets one digest, by which ways. */
  public record Audience(
      Optional<String> slackChannel, Optional<Secret> slackWebhook, List<String> recipients) {
    public static final Audience NOBODY =
        new Audience(Optional.empty(), Optional.empty(), List.of());

    public Audience {
      recipients = List.copyOf(recipients);
    }

    /** With that channel, unless there is a way to Slack already. */
    public Audience orSlackChannel(String channel) {
      return slackChannel.isPresent() || slackWebhook.isPresent()
          ? this
          : new Audience(Optional.of(channel), slackWebhook, recipients);
    }

    public boolean isEmpty() {
      return slackChannel.isEmpty() && slackWebhook.isEmpty() && recipients.isEmpty();
    }
  }

  /**
   * When a month is stated, and to whom.
   *
   * @param teams whether the teams' recipients get their own lines
   * @param workingDay of the next month, from which on it is stated
   * @param holidays days beside Saturdays and Sundays that nobody works
   * @param coverage least share of the minutes that must have figures
   * @param billVariance how far what was recorded may be from the bill, as a share of it
   */
  public record Monthly(
      List<String> recipients,
      boolean teams,
      Optional<Path> folder,
      Optional<Path> glAccounts,
      int workingDay,
      Set<LocalDate> holidays,
      double coverage,
      BillRule bill,
      double billVariance) {
    public Monthly {
      recipients = List.copyOf(recipients);
      holidays = Set.copyOf(holidays);
    }
  }

  /** Whether a month waits for its bill. */
  public enum BillRule {
    /** Where the policy had a bill lately. */
    IF_KEPT,
    REQUIRED,
    IGNORED
  }

  /**
   * How mail is sent.
   *
   * @param ehlo how we greet; by the domain of the sender if empty
   */
  public record Mail(
      String host,
      int port,
      Security security,
      String from,
      Optional<Login> login,
      Optional<String> ehlo,
      Optional<SSLContext> tls) {}

  /**
   * Who sends mail.
   *
   * @param isToken whether the password is an access token of OAuth 2, for XOAUTH2
   */
  public record Login(String username, Secret password, boolean isToken) {}

  /** How a mail server is spoken to. */
  public enum Security {
    STARTTLS,
    TLS,
    NONE
  }

  /** Where it is remembered what was delivered. */
  public sealed interface State {
    /** Nothing is remembered: every run sends everything. */
    record Nowhere() implements State {}

    /** In a file. */
    record File(Path path) implements State {}

    /**
     * In the cluster that the reporter runs in.
     *
     * @param namespace the reporter's own if empty
     * @param name of the lease, and what those of ConfigMaps begin with
     * @param account folder of the service account's token, namespace and ca.crt
     */
    record ConfigMap(Optional<String> namespace, String name, Path account) implements State {}
  }
}
