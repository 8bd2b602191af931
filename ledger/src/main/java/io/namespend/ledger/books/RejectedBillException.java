package io.namespend.ledger.books;

/** A bill was read, but does not enter the books; the message says why, and what to do. */
public final class RejectedBillException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RejectedBillException(String message) {
    super(message);
  }
}
