package io.namespend.ledger.cli;

import java.net.URI;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The option --prometheus. */
final class PrometheusAddress {
  private PrometheusAddress() {}

  static URI parse(CommandLine command, String text) {
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw wrong(command);
    }
    throw wrong(command);
  }

  /** Without the text, which may have a password. */
  private static ParameterException wrong(CommandLine command) {
    return new ParameterException(
        command, "--prometheus: write an address such as http://localhost:9090");
  }
}
