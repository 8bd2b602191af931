package io.namespend.exporter.web;

/** The page at {@code /}, for a person who found the port. */
final class LandingPage {
  private LandingPage() {}

  static String html(String version, boolean ready) {
    return """
    <!doctype html>
    <html lang="en">
    <head><meta charset="utf-8"><title>Namespend exporter</title>
    <style>body{font:16px/1.5 system-ui,sans-serif;margin:3em auto;max-width:40em;padding:0 1em}</style>
    </head>
    <body>
    <h1>Namespend exporter</h1>
    <p>Version %s, %s.</p>
    <p>Prices of nodes and what the requests on them cost, for Prometheus to scrape with
    <code>honorLabels: true</code>.</p>
    <ul>
    <li><a href="/metrics">/metrics</a></li>
    <li><a href="/-/healthy">/-/healthy</a></li>
    <li><a href="/-/ready">/-/ready</a></li>
    </ul>
    </body>
    </html>
    """
        .formatted(version, ready ? "ready" : "reading the cluster");
  }
}
