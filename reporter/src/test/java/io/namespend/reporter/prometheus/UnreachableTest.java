package io.namespend.reporter.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

final class UnreachableTest {
  @Test
  void explainsAnUnknownHost() {
    // What the JDK's client throws for one.
    ConnectException unknown = new ConnectException();
    unknown.initCause(new UnresolvedAddressException());

    assertThat(message(unknown))
        .isEqualTo(
            "cannot ask https://prometheus/: unknown host; check the name. Names of a cluster's"
                + " Services work only inside it; from outside: kubectl -n monitoring port-forward"
                + " svc/prometheus-operated 9090");
  }

  @Test
  void explainsACertificateThatIsNotTrusted() {
    assertThat(message(new SSLHandshakeException("PKIX path building failed")))
        .contains("TLS failed (PKIX path building failed)")
        .contains("trust its issuer");
  }

  private static String message(IOException e) {
    return String.valueOf(
        Unreachable.because(e, PrometheusUrl.parse("https://prometheus"), Duration.ofSeconds(30))
            .getMessage());
  }
}
