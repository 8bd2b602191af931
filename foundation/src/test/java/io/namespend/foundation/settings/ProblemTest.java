package io.namespend.foundation.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {
  @Test
  void saysWhereWhatAndWhatToWrite() {
    assertThat(new Problem("a.b[0]", "x\ny", "write z")).hasToString("a.b[0]: \"x y\": write z");
  }

  @Test
  void noMessageHasAPassword() {
    assertThat(new Problem("url", "https://me:s3cr3t@host/x", "\"https://me:p@ss@host\" is none"))
        .hasToString("url: \"https://...@host/x\": \"https://...@host\" is none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://me:p@host",
        "https://me:p p@host",
        "https://me:p\"p@host",
        "https://me:p/p@host",
        "https://me:12/p@host",
        "https://p@host",
        "//:p@host",
      })
  void passwordsThatMakeAnAddressInvalidAreHiddenToo(String address) {
    assertThat(Secrets.hidden(address)).matches("(https:)?//\\.\\.\\.@host");
  }

  @Test
  void addressesAndPortsStay() {
    String message = "GET https://10.0.0.1:6443/api failed: \"http://x:80\" is not me@example.com";

    assertThat(Secrets.hidden(message)).isEqualTo(message);
  }
}
