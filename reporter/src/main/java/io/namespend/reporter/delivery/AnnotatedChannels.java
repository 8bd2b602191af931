package io.namespend.reporter.delivery;

import static java.util.stream.Collectors.joining;

import io.namespend.reporter.digest.PlainText;
import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.prometheus.Sample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Slack channels that namespaces name for their teams, by annotation.
 *
 * @param byTeam of teams whose namespaces agree
 * @param conflicts a line for each of the other teams
 */
public record AnnotatedChannels(SortedMap<String, String> byTeam, List<String> conflicts) {
  public static final AnnotatedChannels NONE = new AnnotatedChannels(new TreeMap<>(), List.of());

  /** Short, so that a channel that was corrected is not in conflict with what it was before. */
  private static final String PROMQL =
      "group by (team, namespace, channel) (last_over_time(namespend_slack_channel_info[10m]))";

  public AnnotatedChannels {
    byTeam = new TreeMap<>(byTeam);
    conflicts = List.copyOf(conflicts);
  }

  /** As they are at that time. */
  public static AnnotatedChannels read(PrometheusClient prometheus, Instant at) {
    SortedMap<String, SortedMap<String, SortedSet<String>>> named = new TreeMap<>();
    for (Sample sample : prometheus.query(PROMQL, at)) {
      named
          .computeIfAbsent(sample.label("team"), team -> new TreeMap<>())
          .computeIfAbsent(sample.label("channel"), channel -> new TreeSet<>())
          .add(sample.label("namespace"));
    }
    SortedMap<String, String> agreed = new TreeMap<>();
    named.forEach(
        (team, channels) -> {
          if (channels.size() == 1) {
            agreed.put(team, channels.firstKey());
          }
        });
    return new AnnotatedChannels(
        agreed,
        named.entrySet().stream()
            .filter(team -> team.getValue().size() > 1)
            .map(team -> conflict(team.getKey(), team.getValue()))
            .toList());
  }

  private static String conflict(String team, Map<String, SortedSet<String>> channels) {
    return PlainText.printable(
        "namespaces of team %s name several Slack channels, so none is taken: %s; make their"
                .formatted(
                    team,
                    channels.entrySet().stream()
                        .map(
                            channel ->
                                channel.getKey() + " by " + String.join(", ", channel.getValue()))
                        .collect(joining("; ")))
            + " annotations namespend.io/slack-channel agree, or name one in the settings");
  }
}
