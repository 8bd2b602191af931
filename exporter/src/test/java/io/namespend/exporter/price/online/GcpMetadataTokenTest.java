package io.namespend.exporter.price.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.namespend.exporter.MovingClock;
import io.namespend.exporter.price.online.StandIn.Reply;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GcpMetadataTokenTest {
  private final MovingClock clock = new MovingClock(Instant.parse("2026-11-21T00:00:00Z"));
  private StandIn server;

  @BeforeEach
  void start() throws IOException {
    server = new StandIn();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void asksAsTheMetadataServerWantsIt() throws Exception {
    server.answer(request -> token("ya29.one", 3599));

    assertThat(credentials(server.uri()).headers())
        .isEqualTo(Map.of("Authorization", "Bearer ya29.one"));
    assertThat(server.requests().get(0))
        .startsWith("/computeMetadata/v1/instance/service-accounts/default/token ");
    assertThat(server.headers().get(0).getFirst("Metadata-Flavor")).isEqualTo("Google");
  }

  @Test
  void usesATokenUntilShortlyBeforeItExpires() throws Exception {
    server.answer(request -> token("ya29." + server.requests().size(), 3600));
    GcpCredentials credentials = credentials(server.uri());

    assertThat(credentials.headers()).containsValue("Bearer ya29.1");
    clock.pass(Duration.ofMinutes(57));
    assertThat(credentials.headers()).containsValue("Bearer ya29.1");
    clock.pass(Duration.ofMinutes(1));
    assertThat(credentials.headers()).containsValue("Bearer ya29.2");
  }

  @Test
  void asksAgainAfterAFailure() throws Exception {
    GcpCredentials credentials = credentials(server.uri());
    server.answer(request -> new Reply(503, "starting"));
    assertThatThrownBy(credentials::headers).hasMessageContaining("answered 503: starting");

    server.answer(request -> token("ya29.one", 3599));

    assertThat(credentials.headers()).containsValue("Bearer ya29.one");
  }

  @Test
  void anAnswerWithoutEndIsNotReadToIt() {
    server.answer(request -> Reply.ok("{\"a\": \"" + "x".repeat(5_000_000) + "\"}"));

    assertThatThrownBy(credentials(server.uri())::headers)
        .hasMessageContaining("answered more than 4 MiB");
  }

  static List<Reply> wrongAnswers() {
    return List.of(
        new Reply(404, "no service account"),
        Reply.CUT,
        Reply.ok("ya29.secret"),
        Reply.ok("{\"access_token\":\"ya29.secret"),
        Reply.ok("{\"access_token\":\"ya29.secret\\nya29.secret\",\"expires_in\":3599}"),
        Reply.ok("[\"ya29.secret\"]"),
        Reply.ok("{\"expires_in\":3599}"));
  }

  @ParameterizedTest
  @MethodSource("wrongAnswers")
  void withoutATokenItSaysWhatToDoAndQuotesNone(Reply wrong) {
    server.answer(request -> wrong);

    assertThatThrownBy(() -> credentials(server.uri()).headers())
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(
            "no access token from " + server.uri(),
            "link the exporter's service account to one of Google",
            "prices.gcp.apiKeyFile")
        .satisfies(e -> assertThat(withCauses(e)).doesNotContain("secret"));
  }

  @Test
  void whereThereIsNoMetadataServerItSaysSo() {
    URI nobody = server.uri();
    server.close();

    assertThatThrownBy(() -> credentials(nobody).headers())
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(
            "no access token from " + nobody + " (ConnectException)", "prices.gcp.apiKeyFile");
  }

  private GcpCredentials credentials(URI endpoint) {
    return new GcpMetadataToken(new HttpJson(HttpClient.newHttpClient()), endpoint, clock);
  }

  private static Reply token(String token, int seconds) {
    return Reply.ok(
        "{\"access_token\":\"%s\",\"expires_in\":%d,\"token_type\":\"Bearer\"}"
            .formatted(token, seconds));
  }

  private static String withCauses(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
