package io.namespend.exporter.web.config;

import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Which client certificates are let in. */
final class ClientTrust extends X509ExtendedTrustManager {
  /** Of a SAN, as {@link X509Certificate#getSubjectAlternativeNames} numbers them. */
  private static final Set<Integer> EMAIL_DNS_URI_IP = Set.of(1, 2, 6, 7);

  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private final Optional<X509ExtendedTrustManager> authorities;
  private final Set<String> allowedSans;

  /**
   * @param authorities that must have signed; empty if anybody may
   * @param allowedSans of which a certificate must have one; empty if any will do
   */
  ClientTrust(Optional<X509ExtendedTrustManager> authorities, List<String> allowedSans) {
    this.authorities = authorities;
    this.allowedSans =
        allowedSans.stream().map(ClientTrust::canonical).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    if (authorities.isPresent()) {
      authorities.get().checkClientTrusted(chain, authType, engine);
    }
    if (!allowedSans.isEmpty() && sans(chain[0]).stream().noneMatch(allowedSans::contains)) {
      throw new CertificateException("no subject alternative name is in client_allowed_sans");
    }
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return authorities
        .map(X509ExtendedTrustManager::getAcceptedIssuers)
        .orElse(new X509Certificate[0]);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("only engines are served");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("only engines are served");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("this is the server");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("this is the server");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("this is the server");
  }

  private static List<String> sans(X509Certificate certificate) throws CertificateException {
    Collection<List<?>> names = certificate.getSubjectAlternativeNames();
    return names == null
        ? List.of()
        : names.stream()
            .filter(name -> EMAIL_DNS_URI_IP.contains(name.get(0)))
            .map(name -> canonical(String.valueOf(name.get(1))))
            .toList();
  }

  /** An IPv6 address can be written in many ways. What has a colon is never looked up. */
  private static String canonical(String san) {
    try {
      return IPV6.matcher(san).matches() ? InetAddress.getByName(san).getHostAddress() : san;
    } catch (UnknownHostException e) {
      return san;
    }
  }
}
