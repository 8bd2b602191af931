package io.namespend.foundation.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as text. Its exceptions say the rule and the remedy, and no secret. */
public final class Pem {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([\\s\\S]+?)-----END \\1-----");

  /** By the algorithm of the key. */
  private static final Map<String, String> SIGNATURES =
      Map.of(
          "RSA",
          "SHA256withRSA",
          "RSASSA-PSS",
          "RSASSA-PSS",
          "EC",
          "SHA256withECDSA",
          "EdDSA",
          "EdDSA");

  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;

  private Pem() {}

  /**
   * All certificates, in the order of the text.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static List<X509Certificate> certificates(String text) {
    StringBuilder blocks = new StringBuilder();
    BLOCK
        .matcher(text)
        .results()
        .filter(block -> block.group(1).endsWith("CERTIFICATE"))
        .forEach(block -> blocks.append(block.group()).append('\n'));
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException(
          "holds no certificate; write PEM, which begins with -----BEGIN CERTIFICATE-----");
    }
    try (var in = new ByteArrayInputStream(blocks.toString().getBytes(StandardCharsets.US_ASCII))) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
          .map(X509Certificate.class::cast)
          .toList();
    } catch (CertificateException | java.io.IOException e) {
      throw new IllegalArgumentException(
          "holds a damaged certificate; look at it with: openssl x509 -noout -text -in FILE", e);
    }
  }

  /**
   * The key of a certificate, in any form that openssl writes without a password.
   *
   * @throws IllegalArgumentException if there is none, or it belongs to another certificate
   */
  public static PrivateKey key(String text, Certificate certificate) {
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      String kind = block.group(1);
      if (!kind.endsWith("PRIVATE KEY")) {
        continue;
      }
      if (kind.startsWith("ENCRYPTED") || block.group(2).contains("ENCRYPTED")) {
        throw new IllegalArgumentException(
            "has a password, which nobody can type; remove it with: openssl pkey -in FILE -out"
                + " server.key");
      }
      PublicKey of = certificate.getPublicKey();
      PrivateKey key = key(kind, Base64.getMimeDecoder().decode(block.group(2)), of);
      refuseStranger(key, of);
      return key;
    }
    throw new IllegalArgumentException(
        "holds no private key; write PEM, which begins with -----BEGIN PRIVATE KEY-----");
  }

  private static PrivateKey key(String kind, byte[] der, PublicKey of) {
    byte[] pkcs8 =
        switch (kind) {
          case "PRIVATE KEY" -> der;
          case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> pkcs8(der, of);
          default ->
              throw new IllegalArgumentException(
                  "is a key of the kind " + kind + "; write an RSA, EC or Ed25519 key");
        };
    try {
      return KeyFactory.getInstance(of.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "is damaged, or no %s key as the certificate's; look at it with: openssl pkey -noout -text -in FILE"
              .formatted(of.getAlgorithm()),
          e);
    }
  }

  /**
   * PKCS#8 around an RSA (PKCS#1) or EC (SEC1) key. The name of the algorithm, and of the curve, is
   * in front of the public key too: RFC 5280, section 4.1, and RFC 5208, section 5.
   */
  private static byte[] pkcs8(byte[] der, PublicKey of) {
    byte[] spki = of.getEncoded();
    int start = header(spki, 0);
    int length = header(spki, start) - start + length(spki, start);
    var body = new ByteArrayOutputStream();
    body.writeBytes(VERSION_0);
    body.write(spki, start, length);
    body.writeBytes(element(OCTET_STRING, der));
    return element(SEQUENCE, body.toByteArray());
  }

  /** Where the content of the DER element at this place begins. */
  private static int header(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return at + 2 + (first < 0x80 ? 0 : first - 0x80);
  }

  private static int length(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = at + 2; i < header(der, at); i++) {
      length = (length << 8) | (der[i] & 0xff);
    }
    return length;
  }

  private static byte[] element(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      int bytes = content.length < 0x100 ? 1 : content.length < 0x10000 ? 2 : 3;
      out.write(0x80 + bytes);
      for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
        out.write(content.length >> shift);
      }
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static void refuseStranger(PrivateKey key, PublicKey of) {
    byte[] text = "whose key is this?".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signature = Signature.getInstance(SIGNATURES.getOrDefault(of.getAlgorithm(), ""));
      signature.initSign(key);
      signature.update(text);
      byte[] signed = signature.sign();
      signature.initVerify(of);
      signature.update(text);
      if (!signature.verify(signed)) {
        throw new InvalidKeyException("another key");
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "does not belong to the certificate; write the key that the certificate was made for", e);
    }
  }
}
