package io.namespend.exporter.web;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Basic authentication against bcrypt hashes. A right password is remembered, so that a scrape
 * costs no tenth of a second; a wrong one is calculated each time, one after the other.
 */
final class PasswordCheck {
  private static final int REMEMBERED = 100;
  private static final String SCHEME = "basic ";

  /** What other programs do with the bytes after the 72nd: nothing. */
  private static final BCrypt.Verifyer BCRYPT =
      BCrypt.verifyer(
          BCrypt.Version.VERSION_2Y, LongPasswordStrategies.truncate(BCrypt.Version.VERSION_2Y));

  /** Of this process alone, so that what is remembered tells no password. */
  private final SecretKeySpec secret = secret();

  private final Map<String, Boolean> right =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param authorization the header, if there is one
   * @param users at least one
   */
  boolean accepts(@Nullable String authorization, Map<String, String> users) {
    Optional<String> credentials = credentials(authorization);
    if (credentials.isEmpty()) {
      return false;
    }
    int colon = credentials.get().indexOf(':');
    String user = credentials.get().substring(0, colon);
    String password = credentials.get().substring(colon + 1);
    // An unknown user costs as much as a known one, so that the time tells nobody who is known.
    String hash = users.getOrDefault(user, users.values().iterator().next());
    String fingerprint = fingerprint(hash, credentials.get());
    if (users.containsKey(user) && isRemembered(fingerprint)) {
      return true;
    }
    // The hash comes first, whoever asks.
    return verify(password, hash) && users.containsKey(user) && remember(fingerprint);
  }

  private static Optional<String> credentials(@Nullable String authorization) {
    if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Optional.empty();
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(authorization.substring(SCHEME.length()).strip());
      return Optional.of(new String(decoded, StandardCharsets.UTF_8))
          .filter(text -> text.contains(":"));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private boolean isRemembered(String fingerprint) {
    synchronized (right) {
      return right.containsKey(fingerprint);
    }
  }

  private boolean remember(String fingerprint) {
    synchronized (right) {
      right.put(fingerprint, true);
    }
    return true;
  }

  private synchronized boolean verify(String password, String hash) {
    byte[] text = password.getBytes(StandardCharsets.UTF_8);
    return BCRYPT.verify(text, hash.getBytes(StandardCharsets.US_ASCII)).verified;
  }

  private String fingerprint(String hash, String credentials) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(secret);
      byte[] text = (hash + ":" + credentials).getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(mac.doFinal(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has HmacSHA256", e);
    }
  }

  private static SecretKeySpec secret() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return new SecretKeySpec(bytes, "HmacSHA256");
  }
}
