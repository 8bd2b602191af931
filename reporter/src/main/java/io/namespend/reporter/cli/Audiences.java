package io.namespend.reporter.cli;

import io.namespend.reporter.delivery.AnnotatedChannels;
import io.namespend.reporter.digest.Brief;
import io.namespend.reporter.digest.Briefs;
import io.namespend.reporter.digest.Scope;
import io.namespend.reporter.settings.Settings;
import io.namespend.reporter.settings.Settings.Audience;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who gets which digest, the company first. */
final class Audiences {
  private final Map<Scope, Audience> all = new LinkedHashMap<>();

  /**
   * @param channels of teams for which the settings name no way to Slack
   */
  Audiences(Settings settings, AnnotatedChannels channels) {
    if (!settings.company().isEmpty()) {
      all.put(Scope.COMPANY, settings.company());
    }
    Map<String, Audience> teams = new TreeMap<>(settings.teams());
    channels
        .byTeam()
        .forEach(
            (team, channel) ->
                teams.merge(
                    team,
                    Audience.NOBODY.orSlackChannel(channel),
                    (set, annotated) -> set.orSlackChannel(channel)));
    teams.forEach((team, audience) -> all.put(Scope.of(team), audience));
  }

  /** Whether nothing goes to anybody. */
  boolean isEmpty() {
    return all.values().stream().allMatch(Audience::isEmpty);
  }

  Map<Scope, Audience> all() {
    return all;
  }

  static Brief brief(Briefs briefs, Scope scope) {
    return scope.team().map(briefs::team).orElseGet(briefs::company);
  }

  /** Without secrets. */
  static String describe(Audience audience) {
    List<String> ways = new ArrayList<>();
    audience.slackChannel().ifPresent(ways::add);
    audience.slackWebhook().ifPresent(any -> ways.add("a Slack webhook"));
    ways.addAll(audience.recipients());
    return ways.isEmpty() ? "nobody" : String.join(", ", ways);
  }
}
