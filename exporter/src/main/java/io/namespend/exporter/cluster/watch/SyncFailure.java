package io.namespend.exporter.cluster.watch;

import java.util.Locale;

/** Why a kind of object could not be read from the Kubernetes API. */
public enum SyncFailure {
  /** HTTP 403: a permission is missing. */
  FORBIDDEN(false),
  /** HTTP 401: the credentials are not, or no longer, valid. */
  UNAUTHORIZED(true),
  /** HTTP 404: the API server does not have this kind. */
  NOT_SERVED(false),
  /** HTTP 410: the server forgot the version to go on from. Routine; the kind is listed anew. */
  GONE(false),
  /** Nothing arrived for longer than it may take. */
  STALLED(true),
  /** No connection, or one that broke. */
  UNREACHABLE(true),
  /** HTTP 429 or 5xx. */
  SERVER_ERROR(true),
  /** An answer that is not what the API promises. */
  MALFORMED(false),
  OTHER(false);

  private final boolean common;

  SyncFailure(boolean common) {
    this.common = common;
  }

  /** The spelling in metric labels. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is mostly the trouble of all kinds at once, and worth one log line for all. */
  boolean isCommon() {
    return common;
  }

  /** Whether the API server says that this kind is not for us, now. */
  boolean isRefusal() {
    return this == FORBIDDEN || this == NOT_SERVED;
  }

  /** Whether what is held must be read anew, instead of from the last version on. */
  boolean needsList() {
    return switch (this) {
      case FORBIDDEN, NOT_SERVED, GONE, MALFORMED, OTHER -> true;
      case UNAUTHORIZED, STALLED, UNREACHABLE, SERVER_ERROR -> false;
    };
  }

  static SyncFailure ofStatus(int status) {
    return switch (status) {
      case 401 -> UNAUTHORIZED;
      case 403 -> FORBIDDEN;
      case 404 -> NOT_SERVED;
      case 410 -> GONE;
      case 429 -> SERVER_ERROR;
      default -> status >= 500 ? SERVER_ERROR : OTHER;
    };
  }
}
