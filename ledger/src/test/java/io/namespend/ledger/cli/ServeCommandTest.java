package io.namespend.ledger.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.namespend.ledger.books.CurFile;
import io.namespend.ledger.books.OpenBooks;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeCommandTest {
  @TempDir private Path folder;

  private final StringWriter err = new StringWriter();

  private int serve(PrintWriter out, String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of("bills", "serve", "--ledger", folder.resolve("ledger.db").toString()));
    all.addAll(List.of(arguments));
    return Ledger.commandLine(OpenBooks.CLOCK)
        .setOut(out)
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private int serve(String... arguments) {
    return serve(new PrintWriter(new StringWriter()), arguments);
  }

  @Test
  void saysThatTheLedgerIsMissing() {
    assertThat(serve("--port", "0")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            "ledger: %s: there are no books; import a bill first, or name the file with --ledger%n"
                .formatted(folder.resolve("ledger.db")));
  }

  @Test
  void saysThatTheLedgerIsNone() throws IOException {
    Files.writeString(folder.resolve("ledger.db"), "not a database, but long enough".repeat(99));

    assertThat(serve("--port", "0")).isEqualTo(1);
    assertThat(err.toString()).contains("is no ledger; check --ledger").hasLineCount(1);
  }

  @Test
  void saysWhatIsWrongWithAnOption() {
    assertThat(serve("--port", "70000")).isEqualTo(2);
    assertThat(err.toString()).startsWith("ledger: --port 70000: write a port from 0 to 65535");
    assertThat(serve("--port", "http")).isEqualTo(2);
    assertThat(err.toString()).contains("--port").contains("http");
    assertThat(serve("--prometheus", "user:secret@host")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--prometheus: write an address such as http://localhost:9090")
        .doesNotContain("secret");
    assertThat(serve("--days", "0")).isEqualTo(2);
  }

  @Test
  void saysThatThePortIsTaken() throws IOException {
    new OpenBooks(folder).close();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(serve("--port", String.valueOf(taken.getLocalPort()))).isEqualTo(1);
      assertThat(err.toString())
          .startsWith("ledger: cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .contains("choose another --port or --listen-address")
          .hasLineCount(1);
    }
  }

  @Test
  void servesUntilItIsInterrupted() throws Exception {
    try (OpenBooks books = new OpenBooks(folder)) {
      books.importText(
          new CurFile()
              .hours(
                  0,
                  24,
                  "Usage",
                  "resource=i-0aaa",
                  "service=AmazonEC2",
                  "usage=BoxUsage:m5.large",
                  "amount=1",
                  "unit=Hrs",
                  "unblended=0.08")
              .text());
    }
    PipedReader said = new PipedReader();
    PrintWriter out = new PrintWriter(new PipedWriter(said), true);
    FutureTask<Integer> exit = new FutureTask<>(() -> serve(out, "--port", "0"));
    Thread thread = new Thread(exit, "serve");
    thread.start();
    try {
      StringBuilder line = new StringBuilder();
      for (int c = said.read(); c != '\n'; c = said.read()) {
        line.append((char) c);
      }
      assertThat(line.toString()).matches("Serving http://127\\.0\\.0\\.1:\\d+/prices\\.csv\\R?");

      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(line.substring(line.indexOf("http")).strip()))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());

      assertThat(answer.body()).contains("i-0aaa,0.0800000000,USD");
    } finally {
      thread.interrupt();
    }
    assertThat(exit.get()).isZero();
  }
}
