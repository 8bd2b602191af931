package io.namespend.exporter.web.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Certificates and keys of a test, made by the real openssl in one folder. */
public final class Openssl {
  private final Path folder;

  public Openssl(Path folder) {
    this.folder = folder;
  }

  /** A certificate that signs itself, for 127.0.0.1: {@code name.crt} and {@code name.key}. */
  public void selfSigned(String name, String... algorithm) throws IOException {
    List<String> command = new ArrayList<>(List.of("req", "-x509", "-nodes", "-days", "2"));
    command.addAll(
        List.of("-subj", "/CN=" + name, "-addext", "subjectAltName=IP:127.0.0.1,DNS:" + name));
    command.addAll(List.of("-keyout", name + ".key", "-out", name + ".crt", "-newkey"));
    command.addAll(List.of(algorithm));
    run(command.toArray(String[]::new));
  }

  /** A certificate that the authority of that name signed. */
  public void signed(String name, String authority, String san) throws IOException {
    run(
        "req",
        "-new",
        "-nodes",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-subj",
        "/CN=" + name,
        "-addext",
        "subjectAltName=" + san,
        "-keyout",
        name + ".key",
        "-out",
        name + ".csr");
    run(
        "x509",
        "-req",
        "-days",
        "2",
        "-in",
        name + ".csr",
        "-CA",
        authority + ".crt",
        "-CAkey",
        authority + ".key",
        "-CAcreateserial",
        "-copy_extensions",
        "copy",
        "-out",
        name + ".crt");
  }

  public void run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    Process openssl =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String output = new String(openssl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertThat(openssl.waitFor()).as("%s: %s", command, output).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
