package io.namespend.reporter.delivery;

import static io.namespend.reporter.delivery.TestReceipts.WEEK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileLogTest {
  @TempDir private Path folder;

  @Test
  void remembersWhatWasAddedAndWhatVersion010Wrote() throws IOException {
    Files.writeString(file(), "weekly 2026-11-16T00:00:00Z 168h company mail a\tsent\n");
    new FileLog(file()).add(key("b"), "sent");

    assertThat(new FileLog(file()).load(WEEK))
        .containsOnlyKeys(
            "weekly 2026-11-16T00:00:00Z 168h company mail a",
            "digest 2026-11-16T00:00:00Z 168h company mail b");
  }

  @Test
  void halfALineOfAKillIsNoReceiptAndNoMistake() throws IOException {
    new FileLog(file()).add(key("a"), "sent");
    Files.writeString(file(), "digest 2026-11-16T00:0", StandardOpenOption.APPEND);

    FileLog log = new FileLog(file());
    log.add(key("b"), "sent");

    assertThat(log.load(WEEK)).hasSize(2);
    assertThat(new FileLog(file()).load(WEEK)).hasSize(2);
  }

  /** Version 0.1.0 left one at each kill. */
  @Test
  void whatKillsLeftIsTakenAway() throws IOException {
    Files.writeString(folder.resolve("delivered123456789.tmp"), "weekly x");
    Files.writeString(folder.resolve("log.tmp"), "digest x");
    Files.writeString(folder.resolve("other.tmp"), "somebody else's");

    new FileLog(file()).add(key("a"), "sent");

    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("log", "other.tmp");
    }
  }

  @Test
  void forgetsWhatIsLongPast() throws IOException {
    Files.writeString(
        file(),
        """
        digest 2025-01-06T00:00:00Z 168h company mail a\tsent
        digest 2025-11-17T00:00:00Z 168h company mail a\tsent
        digest 2026-11-16T00:00:00Z 168h company mail a\tsent
        """);

    assertThat(new FileLog(file()).load(WEEK)).hasSize(1);

    assertThat(Files.readString(file())).hasLineCount(2).startsWith("digest 2025-11-17");
  }

  @Test
  void aReceiptCostsItsOwnLengthOnly() throws IOException {
    FileLog log = new FileLog(file());
    log.add(key("a"), "sent");
    Object before = Files.getAttribute(file(), "unix:ino");
    log.add(key("b"), "sent");

    assertThat(Files.getAttribute(file(), "unix:ino")).isEqualTo(before);
  }

  @Test
  void whatTheReporterDidNotWriteIsSaid() throws IOException {
    Files.writeString(file(), "garbage\n");

    assertThatThrownBy(() -> new FileLog(file()).load(WEEK))
        .isInstanceOf(DeliveryException.class)
        .hasMessageContaining("has the line \"garbage\"");
  }

  private Path file() {
    return folder.resolve("log");
  }

  private static ReceiptKey key(String address) {
    return new ReceiptKey(WEEK, "company", "mail", address);
  }
}
