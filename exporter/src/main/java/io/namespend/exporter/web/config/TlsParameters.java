package io.namespend.exporter.web.config;

import io.namespend.foundation.settings.Section;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * How a handshake goes: versions, cipher suites, curves.
 *
 * @param suites up to TLS 1.2; empty for the JDK's. Those of TLS 1.3 are always there, as in Go
 * @param groups as the JDK calls curves; empty for the JDK's
 */
record TlsParameters(
    List<String> versions,
    List<String> suites,
    boolean ownOrder,
    List<String> groups,
    ClientAuth auth) {
  private static final List<String> VERSIONS = List.of("TLS12", "TLS13");
  private static final Map<String, String> NAME_OF_VERSION =
      Map.of("TLS12", "TLSv1.2", "TLS13", "TLSv1.3");
  private static final Map<String, String> GROUPS =
      Map.of(
          "CurveP256", "secp256r1",
          "CurveP384", "secp384r1",
          "CurveP521", "secp521r1",
          "X25519", "x25519");

  static TlsParameters read(Section tls, ClientAuth auth) {
    int least = tls.parsed("min_version", TlsParameters::version).orElse(0);
    int most = tls.parsed("max_version", TlsParameters::version).orElse(1);
    if (least > most) {
      tls.problem("min_version", "is newer than max_version; write the older one here");
      least = most;
    }
    return new TlsParameters(
        VERSIONS.subList(least, most + 1).stream().map(NAME_OF_VERSION::get).toList(),
        suites(tls),
        tls.flag("prefer_server_cipher_suites", true),
        groups(tls),
        auth);
  }

  /** For connections of this context. */
  SSLParameters of(SSLContext context) {
    SSLEngine engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(versions.toArray(String[]::new));
    if (!suites.isEmpty()) {
      parameters.setCipherSuites(
          Stream.concat(
                  Stream.of(parameters.getCipherSuites()).filter(TlsParameters::isOfTls13),
                  suites.stream().filter(suite -> !isOfTls13(suite)))
              .toArray(String[]::new));
    }
    parameters.setUseCipherSuitesOrder(ownOrder);
    if (!groups.isEmpty()) {
      setNamedGroups(parameters, groups);
    }
    if (auth.requires) {
      parameters.setNeedClientAuth(true);
    } else {
      parameters.setWantClientAuth(auth.asks);
    }
    return parameters;
  }

  private static int version(String name) {
    if (!VERSIONS.contains(name)) {
      throw new IllegalArgumentException(
          "write TLS12 or TLS13; the JDK has older versions switched off");
    }
    return VERSIONS.indexOf(name);
  }

  private static List<String> suites(Section tls) {
    List<String> supported = supported();
    return tls.parsedItems(
        "cipher_suites",
        suite -> {
          if (!supported.contains(suite)) {
            throw new IllegalArgumentException(
                "is none that this JVM offers; write some of " + String.join(", ", supported));
          }
          return suite;
        });
  }

  /** Without those that the JDK has, but off. */
  private static List<String> supported() {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine();
      engine.setUseClientMode(false);
      return Stream.of(engine.getEnabledCipherSuites())
          .filter(suite -> !suite.endsWith("_SCSV"))
          .toList();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM cannot do TLS", e);
    }
  }

  private static boolean isOfTls13(String suite) {
    return suite.startsWith("TLS_AES_") || suite.startsWith("TLS_CHACHA20_");
  }

  private static List<String> groups(Section tls) {
    List<String> groups = tls.parsedItems("curve_preferences", TlsParameters::group);
    if (!groups.isEmpty() && namedGroups().isEmpty()) {
      tls.problem(
          "curve_preferences",
          "needs Java 20 or newer, this is %s; remove it, and start java with -Djdk.tls.namedGroups=%s"
              .formatted(System.getProperty("java.version"), String.join(",", groups)));
    }
    return groups;
  }

  private static String group(String curve) {
    return Optional.ofNullable(GROUPS.get(curve))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "write some of "
                        + String.join(", ", GROUPS.keySet().stream().sorted().toList())));
  }

  private static void setNamedGroups(SSLParameters parameters, List<String> groups) {
    try {
      namedGroups().orElseThrow().invoke(parameters, (Object) groups.toArray(String[]::new));
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("this JVM cannot choose curves", e);
    }
  }

  /** {@code SSLParameters.setNamedGroups}, which Java has since 20. */
  private static Optional<Method> namedGroups() {
    return Stream.of(SSLParameters.class.getMethods())
        .filter(method -> method.getName().equals("setNamedGroups"))
        .findFirst();
  }
}
