package io.namespend.foundation.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EnvironmentProxiesTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "HTTPS_PROXY",
          "http://proxy.example.com:3128",
          "http_proxy",
          "plain.example.com",
          "NO_PROXY",
          ".svc,.cluster.local,"
              + " monitoring.svc,internal.example.com:8443,10.0.0.0/8,fd00::/8,*.corp",
          "KUBERNETES_SERVICE_HOST",
          "172.20.0.1");

  @ParameterizedTest
  @CsvSource({
    "https://prices.azure.com, proxy.example.com:3128",
    "HTTPS://slack.com/api/, proxy.example.com:3128",
    "http://prometheus.example.com, plain.example.com:80",
    "https://internal.example.com:8443, direct",
    "https://internal.example.com, proxy.example.com:3128",
    "https://a.internal.example.com:8443, direct",
    "https://notinternal.example.com:8443, proxy.example.com:3128",
    "http://prometheus.monitoring.svc:9090, direct",
    "http://svc.example.com, plain.example.com:80",
    "https://10.96.0.1, direct",
    "https://11.96.0.1, proxy.example.com:3128",
    "'https://[fd00::1]:6443', direct",
    "'https://[fe00::1]:6443', proxy.example.com:3128",
    "https://172.20.0.1:443, direct",
    "http://localhost:9090, direct",
    "http://127.0.0.1:9090, direct",
    "https://git.corp, direct",
    "socket://smtp.example.com:587, direct",
  })
  void asksThroughTheProxyThatIsNamed(URI uri, String proxy) {
    String selected =
        new EnvironmentProxies(ENVIRONMENT).select(uri).get(0).address() == null
            ? "direct"
            : new EnvironmentProxies(ENVIRONMENT)
                .select(uri)
                .get(0)
                .address()
                .toString()
                .replace("/<unresolved>", "");

    assertThat(selected).isEqualTo(proxy);
  }

  @ParameterizedTest
  @CsvSource({
    "*, direct",
    "'', proxy:3128",
    "10.0.0.0/99, proxy:3128",
    "/, proxy:3128",
    "10.1.2.3, direct",
    "10.1.2.30, proxy:3128",
  })
  void exceptionsThatMakeNoSenseExceptNothing(String exceptions, String proxy) {
    EnvironmentProxies proxies =
        new EnvironmentProxies(Map.of("ALL_PROXY", "http://proxy:3128", "no_proxy", exceptions));

    assertThat(proxies.select(URI.create("https://10.1.2.3")).get(0).toString())
        .contains(proxy.equals("direct") ? "DIRECT" : "proxy");
  }

  @ParameterizedTest
  @CsvSource({
    "http://user:secret@proxy:3128, has a user and a password",
    "socks5://proxy:1080, is no HTTP proxy; write one such as http://proxy.example.com:3128",
    "http://a b, is no address; write one such as http://proxy.example.com:3128",
  })
  void whatIsNoProxyIsNamedWithoutItsValue(String value, String why) {
    assertThatThrownBy(() -> new EnvironmentProxies(Map.of("https_proxy", value)))
        .hasMessageContaining("the environment variable https_proxy " + why)
        .hasMessageNotContaining("secret");
  }
}
