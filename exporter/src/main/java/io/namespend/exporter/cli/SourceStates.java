package io.namespend.exporter.cli;

import io.namespend.exporter.cluster.watch.KindSync;
import io.namespend.exporter.cluster.watch.SyncFailure;
import io.namespend.exporter.health.LoopState;
import io.namespend.exporter.policy.file.ReloadStatus;
import io.namespend.exporter.price.currency.ExchangeRate;
import io.namespend.exporter.price.currency.RatesInForce;
import io.namespend.exporter.price.refresh.RefreshStatus;
import io.namespend.exporter.web.ExporterStatus;
import io.namespend.exporter.web.SourceState;
import io.namespend.exporter.web.SourceState.Condition;
import io.namespend.foundation.command.ProgramVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts what the parts know of themselves into the words of the landing page. */
final class SourceStates {
  private SourceStates() {}

  /**
   * @param notReady why no whole cluster is in the metrics; empty if one is
   * @param unpriced price sources that have not answered yet what the cluster needs of them
   * @param pricesLoaded when the built-in prices were read
   * @param rates by which prices of other currencies are converted
   * @param loops what runs in the background
   */
  static ExporterStatus status(
      Instant now,
      Optional<String> notReady,
      List<String> unpriced,
      List<KindSync> syncs,
      Instant pricesLoaded,
      List<RefreshStatus> refreshes,
      ReloadStatus policy,
      RatesInForce rates,
      List<LoopState> loops) {
    List<SourceState> sources = new ArrayList<>();
    syncs.forEach(sync -> sources.add(ofKind(sync)));
    sources.add(new SourceState("Prices", "builtin", Condition.OK, Optional.of(pricesLoaded), ""));
    refreshes.forEach(refresh -> sources.add(ofPrices(refresh)));
    rates.byCurrency().values().stream()
        .sorted(Comparator.comparing(ExchangeRate::from))
        .forEach(rate -> sources.add(ofRate(rate, rates.currency())));
    sources.add(ofPolicy(policy));
    List<LoopState> stalled = loops.stream().filter(LoopState::isStalled).toList();
    stalled.forEach(loop -> sources.add(ofStalled(loop, now)));
    Optional<String> missing =
        unpriced.isEmpty()
            ? Optional.empty()
            : Optional.of("prices of: " + String.join(", ", unpriced));
    return new ExporterStatus(
        ProgramVersion.of(Exporter.class),
        now,
        notReady,
        missing,
        sources,
        stalled.stream().map(LoopState::name).toList());
  }

  private static SourceState ofKind(KindSync sync) {
    boolean heard = sync.lastHeard().isPresent();
    Condition fresh = heard ? Condition.OK : Condition.WAITING;
    return new SourceState(
        "Cluster",
        sync.kind(),
        sync.trouble().isPresent() ? Condition.FAILING : fresh,
        sync.lastHeard(),
        Stream.of(
                sync.trouble().map(SyncFailure::label).orElse(""),
                heard
                    ? "%,d %s".formatted(sync.objects(), sync.objects() == 1 ? "object" : "objects")
                    : "",
                sync.unreadable() > 0 ? "%,d unreadable".formatted(sync.unreadable()) : "")
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", ")));
  }

  private static SourceState ofPrices(RefreshStatus refresh) {
    Condition fresh = refresh.lastSuccess().isPresent() ? Condition.OK : Condition.WAITING;
    return new SourceState(
        "Prices",
        refresh.source(),
        refresh.failing() ? Condition.FAILING : fresh,
        refresh.lastSuccess(),
        switch ((int) Math.min(refresh.failures(), 2)) {
          case 0 -> "";
          case 1 -> "1 failed refresh since the start";
          default -> "%,d failed refreshes since the start".formatted(refresh.failures());
        });
  }

  private static SourceState ofRate(ExchangeRate rate, String currency) {
    return new SourceState(
        "Prices",
        "rate from " + rate.from(),
        Condition.OK,
        Optional.of(rate.since()),
        "prices in %s are converted at %s %s"
            .formatted(rate.from(), Double.toString(rate.rate()), currency));
  }

  private static SourceState ofStalled(LoopState loop, Instant now) {
    return new SourceState(
        "Background",
        loop.name(),
        Condition.FAILING,
        Optional.of(now.minus(loop.sinceTurned())),
        "is stalled; restart the exporter");
  }

  private static SourceState ofPolicy(ReloadStatus reload) {
    return new SourceState(
        "Policy",
        "policy",
        reload.lastSuccessful() ? Condition.OK : Condition.FAILING,
        Optional.of(reload.lastSuccess()),
        reload.lastSuccessful() ? "" : "the last good one stays; the log says what is wrong");
  }
}
