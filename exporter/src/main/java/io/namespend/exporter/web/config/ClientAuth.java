package io.namespend.exporter.web.config;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Values of {@code client_auth_type}: whether a client shows a certificate, and which will do. */
enum ClientAuth {
  NONE(false, false, false, "NoClientCert"),
  REQUEST(true, false, false, "RequestClientCert"),
  REQUIRE_ANY(true, true, false, "RequireAnyClientCert", "RequireClientCert"),
  VERIFY_IF_GIVEN(true, false, true, "VerifyClientCertIfGiven"),
  REQUIRE_AND_VERIFY(true, true, true, "RequireAndVerifyClientCert");

  final boolean asks;
  final boolean requires;
  final boolean verifies;
  private final List<String> names;

  ClientAuth(boolean asks, boolean requires, boolean verifies, String... names) {
    this.asks = asks;
    this.requires = requires;
    this.verifies = verifies;
    this.names = List.of(names);
  }

  static ClientAuth of(String name) {
    return Arrays.stream(values())
        .filter(type -> type.names.contains(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "write one of "
                        + Arrays.stream(values())
                            .map(type -> type.names.get(0))
                            .collect(Collectors.joining(", "))));
  }
}
