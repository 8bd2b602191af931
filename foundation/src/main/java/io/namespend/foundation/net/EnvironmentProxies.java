package io.namespend.foundation.net;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxies that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name, which Java itself does not heed.
 * Names in lower case count as well, as everywhere. The API server of a pod's own cluster and this
 * machine are never asked through one.
 */
public final class EnvironmentProxies extends ProxySelector {
  private static final List<Proxy> DIRECT = List.of(Proxy.NO_PROXY);

  private final Optional<Proxy> https;
  private final Optional<Proxy> http;
  private final List<String> exceptions;

  /**
   * @throws IllegalArgumentException if a variable is no proxy; the message is for the user
   */
  public EnvironmentProxies(Map<String, String> environment) {
    https = proxy(environment, "HTTPS_PROXY");
    http = proxy(environment, "HTTP_PROXY");
    exceptions =
        Stream.concat(
                Arrays.stream(
                    value(environment, "NO_PROXY")
                        .map(Named::value)
                        .orElse("")
                        .split("[,\\s]+", -1)),
                Stream.of(environment.getOrDefault("KUBERNETES_SERVICE_HOST", ""), "localhost"))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .filter(name -> !name.isEmpty())
            .toList();
  }

  /**
   * For everything in this process that does not choose by itself.
   *
   * @throws IllegalArgumentException as the constructor
   */
  public static void install(Map<String, String> environment) {
    EnvironmentProxies proxies = new EnvironmentProxies(environment);
    if (proxies.https.isPresent() || proxies.http.isPresent()) {
      ProxySelector.setDefault(proxies);
    }
  }

  @Override
  public List<Proxy> select(URI uri) {
    Optional<Proxy> proxy =
        switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
          case "https" -> https;
          case "http" -> http;
          // Mail, for one, does not go through a proxy for the web.
          default -> Optional.empty();
        };
    return proxy.isEmpty() || uri.getHost() == null || isDirect(uri)
        ? DIRECT
        : List.of(proxy.get());
  }

  @Override
  public void connectFailed(URI uri, SocketAddress proxy, IOException e) {
    // Whoever asked gets the exception.
  }

  private boolean isDirect(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", "");
    int port =
        uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    Optional<InetAddress> address = literal(host);
    return address.map(InetAddress::isLoopbackAddress).orElse(false)
        || exceptions.stream().anyMatch(exception -> matches(exception, host, port, address));
  }

  private static boolean matches(
      String exception, String host, int port, Optional<InetAddress> address) {
    if (exception.equals("*")) {
      return true;
    }
    if (exception.contains("/")) {
      return address.isPresent() && isIn(exception, address.get());
    }
    String name = exception;
    int colon = exception.lastIndexOf(':');
    if (colon > 0 && exception.indexOf(':') == colon) {
      if (!exception.substring(colon + 1).equals(String.valueOf(port))) {
        return false;
      }
      name = exception.substring(0, colon);
    }
    name = name.replaceFirst("^\\*?\\.", "");
    return host.equals(name)
        || (host.endsWith("." + name) && address.isEmpty())
        || (address.isPresent() && address.equals(literal(name)));
  }

  /** Whether an address is in a network such as 10.0.0.0/8. */
  private static boolean isIn(String network, InetAddress address) {
    int slash = network.indexOf('/');
    Optional<InetAddress> base = literal(network.substring(0, slash));
    String length = network.substring(slash + 1);
    if (base.isEmpty()
        || !length.matches("\\d{1,3}")
        || base.get().getAddress().length != address.getAddress().length) {
      return false;
    }
    int bits = 8 * address.getAddress().length;
    int hidden = bits - Integer.parseInt(length);
    return hidden >= 0
        && new BigInteger(1, address.getAddress())
            .shiftRight(hidden)
            .equals(new BigInteger(1, base.get().getAddress()).shiftRight(hidden));
  }

  /** An address that is written as one; no name is looked up. */
  private static Optional<InetAddress> literal(String host) {
    if (!host.matches("\\d+\\.\\d+\\.\\d+\\.\\d+|[0-9a-f:.]*:[0-9a-f:.]*")) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(host));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static Optional<Proxy> proxy(Map<String, String> environment, String variable) {
    return value(environment, variable).or(() -> value(environment, "ALL_PROXY")).map(Named::proxy);
  }

  private static Optional<Named> value(Map<String, String> environment, String variable) {
    return Stream.of(variable, variable.toLowerCase(Locale.ROOT))
        .map(name -> new Named(name, environment.getOrDefault(name, "").strip()))
        .filter(named -> !named.value().isEmpty())
        .findFirst();
  }

  /** A variable with its value, which can hold a password and is therefore not shown. */
  private record Named(String name, String value) {
    Named {
      requireNonNull(name, "name");
      requireNonNull(value, "value");
    }

    Proxy proxy() {
      URI uri = uri();
      if (uri.getRawUserInfo() != null) {
        throw invalid(
            "has a user and a password, which cannot be used; let the proxy admit this machine by"
                + " its address");
      }
      if (!"http".equalsIgnoreCase(uri.getScheme()) || uri.getHost() == null) {
        throw invalid("is no HTTP proxy; write one such as http://proxy.example.com:3128");
      }
      return new Proxy(
          Proxy.Type.HTTP,
          InetSocketAddress.createUnresolved(
              uri.getHost(), uri.getPort() >= 0 ? uri.getPort() : 80));
    }

    private URI uri() {
      try {
        return new URI(value.contains("://") ? value : "http://" + value);
      } catch (URISyntaxException e) {
        throw invalid("is no address; write one such as http://proxy.example.com:3128");
      }
    }

    private IllegalArgumentException invalid(String why) {
      return new IllegalArgumentException("the environment variable %s %s".formatted(name, why));
    }
  }
}
