package io.namespend.exporter.web.config;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Values of {@code client_auth_type}: whether a client shows a certificate, and which will do. */
enum ClientAuth {
  NONE(false, false, false, "NoClientCert", ""),
  REQUEST(true, false, false, "RequestClientCert", ""),
  REQUIRE_ANY(true, true, false, "RequireAnyClientCert", "RequireClientCert"),
  VERIFY_IF_GIVEN(true, false, true, "VerifyClientCertIfGiven", ""),
  REQUIRE_AND_VERIFY(true, true, true, "RequireAndVerifyClientCert", "");

  final boolean asks;
  final boolean requires;
  final boolean verifies;
  private final String name;
  private final String olderName;

  ClientAuth(boolean asks, boolean requires, boolean verifies, String name, String olderName) {
    this.asks = asks;
    this.requires = requires;
    this.verifies = verifies;
    this.name = name;
    this.olderName = olderName;
  }

  static ClientAuth of(String name) {
    return Arrays.stream(values())
        .filter(type -> type.name.equals(name) || type.olderName.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "write one of "
                        + Arrays.stream(values())
                            .map(type -> type.name)
                            .collect(Collectors.joining(", "))));
  }
}
