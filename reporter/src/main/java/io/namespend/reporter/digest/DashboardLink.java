package io.namespend.reporter.digest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;

/** Where Grafana shows the same week. */
final class DashboardLink {
  private DashboardLink() {}

  /**
   * @param base address of Grafana, possibly with a path
   */
  static URI to(URI base, Brief brief) {
    String dashboard =
        brief.scope().team().map(team -> "namespend-team").orElse("namespend-overview");
    String team =
        brief.scope().team().map(name -> "&var-team=" + URLEncoder.encode(name, UTF_8)).orElse("");
    return URI.create(
        "%s/d/%s?from=%d&to=%d%s"
            .formatted(
                base.toString().replaceFirst("/*$", ""),
                dashboard,
                brief.week().start().toEpochMilli(),
                brief.week().end().toEpochMilli(),
                team));
  }
}
