package io.namespend.reporter.digest;

import io.namespend.reporter.prometheus.FakePrometheus;
import io.namespend.reporter.prometheus.PrometheusClient;
import java.util.List;
import java.util.Optional;

/** A week of two teams, as Prometheus would answer. */
public final class RecordedWeek {
  public static final String TWO_TEAMS =
      """
      2026-11-16T00:05:00Z sum_over_time(cluster:cost:sum1h[7d]    {}                             1000
      2026-11-09T00:05:00Z sum_over_time(cluster:cost:sum1h[7d]    {}                             900
      2026-11-16T00:05:00Z (namespace:cost:sum1h[7d]               {namespace="shop"}             600
      2026-11-16T00:05:00Z (namespace:cost:sum1h[7d]               {namespace="search"}           300
      2026-11-09T00:05:00Z (namespace:cost:sum1h[7d]               {namespace="shop"}             500
      2026-11-09T00:05:00Z (namespace:cost:sum1h[7d]               {namespace="search"}           300
      2026-11-09T00:05:00Z (namespace:cost:sum1h[7d]               {namespace="old"}              50
      2026-11-16T00:05:00Z coverage:ratio1h[7d]                    {}                             168
      2026-11-09T00:05:00Z coverage:ratio1h[7d]                    {}                             168
      2026-11-16T00:05:00Z cluster:cost:sum1h{month="11"}[32d]    {}                             2100
      2026-11-16T00:05:00Z (team:cost:sum1h[7d]                    {team="pay"}                   600
      2026-11-16T00:05:00Z (team:cost:sum1h[7d]                    {team="find"}                  300
      2026-11-16T00:05:00Z (team:cost:sum1h[7d]                    {team="unallocated"}           100
      2026-11-09T00:05:00Z (team:cost:sum1h[7d]                    {team="pay"}                   550
      2026-11-16T00:05:00Z ledger_line:cost:sum1h[7d]              {namespace="shop",resource="cpu"} 400
      2026-11-09T00:05:00Z ledger_line:cost:sum1h[7d]              {namespace="shop",resource="cpu"} 300
      2026-11-09T00:05:00Z ledger_line:cost:sum1h[7d]              {namespace="old",resource="cpu"} 50
      2026-11-16T00:05:00Z ledger_line:cost:sum1h[7d]              {namespace="shop",pool="idle"} 200
      2026-11-09T00:05:00Z ledger_line:cost:sum1h[7d]              {namespace="shop",pool="idle"} 190
      2026-11-16T00:05:00Z ledger_line:cost:sum1h[7d]              {namespace="search",resource="cpu"} 250
      2026-11-16T00:05:00Z ledger_line:cost:sum1h[7d]              {namespace="search",pool="platform"} 50
      2026-11-16T00:05:00Z ledger_line:cost:sum1h[7d]              {pool="support"}               100
      2026-11-15T23:59:59.999Z namespace_owner:cost_hourly:direct  {namespace="shop",team="pay"}  40
      2026-11-08T23:59:59.999Z namespace_owner:cost_hourly:direct  {namespace="shop",team="pay"}  40
      2026-11-15T23:59:59.999Z namespace_owner:cost_hourly:direct  {namespace="search",team="find"} 25
      2026-11-08T23:59:59.999Z namespace_owner:cost_hourly:direct  {namespace="search",team="find"} 25
      2026-11-09T00:00:00Z namespend_namespace_info                {namespace="old",team="pay"}   1
      2026-11-15T23:59:59.999Z (workload:cost_hourly:direct        {namespace="shop",workload_type="Deployment",workload="api"} 300
      2026-11-08T23:59:59.999Z (workload:cost_hourly:direct        {namespace="shop",workload_type="Deployment",workload="api"} 210
      2026-11-15T23:59:59.999Z (sum_over_time(workload_basis:cost_hourly {namespace="shop",workload_type="Deployment",workload="api",resource="cpu",basis="request"} 320
      2026-11-15T23:59:59.999Z (sum_over_time(workload_basis:cost_hourly {namespace="shop",workload_type="Deployment",workload="api",resource="cpu",basis="usage"} 80
      2026-11-15T23:59:59.999Z (last_over_time(workload_basis:cost_hourly {namespace="shop",workload_type="Deployment",workload="api",resource="cpu",basis="request"} 2
      2026-11-15T23:59:59.999Z (last_over_time(workload_basis:cost_hourly {namespace="shop",workload_type="Deployment",workload="api",resource="cpu",basis="usage"} 0.5
      2026-11-15T23:59:59.999Z quantile_over_time(0.95             {namespace="shop",workload_type="Deployment",workload="api",resource="cpu"} 1
      2026-11-15T23:59:59.999Z namespend_workload_requested        {namespace="shop",workload_type="Deployment",workload="api",resource="cpu"} 12
      2026-11-15T23:59:59.999Z namespend_pod_request_hourly_cost   {namespace="shop",workload_type="Deployment",workload="api"} 6
      2026-11-08T23:59:59.999Z namespend_pod_request_hourly_cost   {namespace="shop",workload_type="Deployment",workload="api"} 3
      2026-11-15T23:59:59.999Z node:fits_elsewhere:bool            {}                             0
      2026-11-16T00:05:00Z namespace:allocated:sum1h[7d]           {namespace="shop",resource="cpu"} 360
      2026-11-09T00:05:00Z namespace:allocated:sum1h[7d]           {namespace="shop",resource="cpu"} 300
      2026-11-16T00:05:00Z team:cost:sum1h{month="11"}[32d]       {team="pay"}                   1300
      2026-11-15T23:59:59.999Z team:cost:month_forecast            {team="pay"}                   2600
      2026-11-15T23:59:59.999Z namespend_budget                    {scope="team",name="pay"}      2000
      2026-11-10T05:05:00Z team:cost:sum1h[1h]                     {team="pay"}                   3.5
      2026-11-10T06:05:00Z team:cost:sum1h[1h]                     {team="pay"}                   4.5
      2026-11-16T00:05:00Z orders:count:sum1h[7d]                  {}                             6000
      """;

  private RecordedWeek() {}

  public static Briefs read(String recorded, DigestSettings settings) {
    try (FakePrometheus prometheus = FakePrometheus.recording(recorded)) {
      PrometheusClient client = prometheus.client();
      return new BriefReader(client, settings)
          .read(new DigestReader(client, settings.comparable()).read(Digests.WEEK));
    }
  }

  public static Briefs twoTeams() {
    return read(
        TWO_TEAMS,
        new DigestSettings(
            10,
            5,
            0.9,
            List.of(
                new DigestSettings.Unit("order", "orders:count:sum1h", 100, Optional.empty()))));
  }
}
