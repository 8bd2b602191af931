package io.namespend.reporter.delivery;

import static java.util.stream.Collectors.joining;

import io.namespend.reporter.digest.PlainText;
import io.namespend.reporter.prometheus.PrometheusClient;
import io.namespend.reporter.prometheus.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Slack channels that namespaces name for their teams, by annotation.
 *
 * @param byTeam of teams whose namespaces all agree
 * @param conflicts a line for each of the other teams
 */
public record AnnotatedChannels(SortedMap<String, String> byTeam, List<String> conflicts) {
  public static final AnnotatedChannels NONE = new AnnotatedChannels(new TreeMap<>(), List.of());

  /** Short, so that a channel that was corrected is not in conflict with what it was before. */
  private static final String CHANNELS =
      "group by (cluster, team, namespace, channel)"
          + " (last_over_time(namespend_slack_channel_info[10m]))";

  private static final String NAMESPACES =
      "group by (cluster, team, namespace)" + " (last_over_time(namespend_namespace_info[10m]))";

  public AnnotatedChannels {
    byTeam = new TreeMap<>(byTeam);
    conflicts = List.copyOf(conflicts);
  }

  /**
   * As they are at that time. A digest tells what all namespaces of a team spend, so it goes only
   * where all of them want it: one that says it is a team's cannot lead it elsewhere.
   */
  public static AnnotatedChannels read(PrometheusClient prometheus, Instant at) {
    SortedMap<String, SortedMap<String, SortedSet<String>>> named = new TreeMap<>();
    Set<String> speaking = new HashSet<>();
    SortedMap<String, SortedSet<String>> missing = new TreeMap<>();
    List<Sample> channels = prometheus.query(CHANNELS, at);
    if (!channels.isEmpty()) {
      for (Sample sample : channels) {
        named
            .computeIfAbsent(sample.label("team"), team -> new TreeMap<>())
            .computeIfAbsent(sample.label("channel"), channel -> new TreeSet<>())
            .add(sample.label("namespace"));
        speaking.add(place(sample));
      }
      for (Sample sample : prometheus.query(NAMESPACES, at)) {
        if (named.containsKey(sample.label("team")) && !speaking.contains(place(sample))) {
          missing
              .computeIfAbsent(sample.label("team"), team -> new TreeSet<>())
              .add(sample.label("namespace"));
        }
      }
    }
    SortedMap<String, String> agreed = new TreeMap<>();
    List<String> conflicts = new ArrayList<>();
    named.forEach(
        (team, byChannel) -> {
          SortedSet<String> others = missing.getOrDefault(team, new TreeSet<>());
          if (byChannel.size() > 1) {
            conflicts.add(conflict(team, byChannel));
          } else if (!others.isEmpty()) {
            conflicts.add(disagreement(team, byChannel.firstKey(), others));
          } else {
            agreed.put(team, byChannel.firstKey());
          }
        });
    return new AnnotatedChannels(agreed, conflicts);
  }

  private static String place(Sample sample) {
    return sample.label("cluster") + "/" + sample.label("namespace");
  }

  private static String disagreement(String team, String channel, SortedSet<String> others) {
    String few = others.stream().limit(5).collect(joining(", "));
    return PlainText.printable(
        "not all namespaces of team %s name the Slack channel %s, so it is not taken; without it: %s%s;"
                .formatted(
                    team,
                    channel,
                    few,
                    others.size() > 5 ? " and %d more".formatted(others.size() - 5) : "")
            + " annotate them with namespend.io/slack-channel too, or name one in the settings");
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
