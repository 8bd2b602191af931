package io.namespend.reporter.digest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PlainTextTest {
  @Test
  void isOneLineWithoutControlCharacters() {
    assertThat(PlainText.printable("a\u001b[2Jb\r\nc\td\u0000\u202Ee\u2028f\u009Bg\u200Bü"))
        .isEqualTo("a[2Jb c de fgü");
  }

  @Test
  void namesAreNeverBlankOrEndless() {
    assertThat(PlainText.name("payments")).isEqualTo("payments");
    assertThat(PlainText.name("")).isEqualTo("(unnamed)");
    assertThat(PlainText.name(" \n\u0007")).isEqualTo("(unnamed)");
    assertThat(PlainText.name("😀".repeat(101))).isEqualTo("😀".repeat(100) + "…");
  }
}
