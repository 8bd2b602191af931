package io.namespend.exporter.cluster.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * JSON with bounds, whatever somebody wrote into it: a parser holds every name and every kept text
 * as a whole, refuses the whole document for one that is too long, and keeps a context for each
 * level. Passes on what is within the bounds byte by byte as it came. Longer texts, names and
 * numbers are cut, and what nests deeper is null.
 */
public final class BoundedJson extends InputStream {
  /** Bytes of a text or name. Far above all that costs depend on. */
  static final int LONGEST_TEXT = 8 * 1024;

  /** Digits in a row of a number; more than any of a real object. */
  static final int LONGEST_NUMBER = 40;

  /** Levels; a list of Deployments has some thirty. */
  static final int DEEPEST = 100;

  /** Ends a text that was cut, with a hash of what is gone. */
  static final char CUT = '~';

  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final long FNV_BASIS = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  /** What comes next. */
  private enum State {
    STRUCTURE,
    TEXT,
    ESCAPE,
    CODE,
    NUMBER
  }

  private final InputStream in;
  private final byte[] arrived = new byte[8 * 1024];
  private int next;
  private int end;

  private State state = State.STRUCTURE;
  private int depth;

  /** Bytes of the text or number so far. */
  private int length;

  /** Digits of an escaped code that are to come. */
  private int digits;

  /** Of what is being cut off; 0 while nothing is. */
  private long hash;

  /** Whether it is below the deepest level. */
  private boolean deep;

  /** What takes the place of something, to be delivered first. */
  private byte[] owed = new byte[0];

  private int paid;

  public BoundedJson(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int space) throws IOException {
    if (space == 0) {
      return 0;
    }
    while (true) {
      if (paid < owed.length) {
        int count = Math.min(space, owed.length - paid);
        System.arraycopy(owed, paid, target, offset, count);
        paid += count;
        return count;
      }
      if (next == end) {
        next = 0;
        end = in.read(arrived, 0, arrived.length);
        if (end < 0) {
          end = 0;
          return -1;
        }
      }
      int begin = next;
      boolean skipped = isSkipping();
      scan(Math.min(end, begin + space));
      int count = next - begin;
      if (count > 0 && !skipped) {
        System.arraycopy(arrived, begin, target, offset, count);
        return count;
      }
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Whether the next byte is none of those that are passed on. */
  private boolean isSkipping() {
    return deep || hash != 0;
  }

  /** Goes on to where something is owed, or where skipping begins or ends. */
  private void scan(int limit) {
    boolean skips = isSkipping();
    while (next < limit && paid == owed.length && skips == isSkipping()) {
      switch (state) {
        case STRUCTURE -> structure(limit);
        case TEXT -> text(limit);
        case ESCAPE -> {
          take();
          digits = 4;
          state = arrived[next - 1] == 'u' ? State.CODE : State.TEXT;
        }
        case CODE -> {
          take();
          digits--;
          state = digits > 0 ? State.CODE : State.TEXT;
        }
        case NUMBER -> number(limit);
      }
    }
  }

  private void structure(int limit) {
    while (next < limit) {
      byte b = arrived[next];
      switch (b) {
        case '"' -> {
          next++;
          begin(State.TEXT);
          return;
        }
        case '{', '[' -> {
          if (depth == DEEPEST && !deep) {
            deep = true;
            owe(NULL);
            // From this bracket on it is skipped.
            return;
          }
          depth++;
          next++;
        }
        case '}', ']' -> {
          next++;
          depth--;
          if (deep && depth == DEEPEST) {
            deep = false;
            return;
          }
        }
        case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
          begin(State.NUMBER);
          return;
        }
        default -> next++;
      }
    }
  }

  /** Most bytes are of texts, so this loop is short. */
  private void text(int limit) {
    boolean skips = isSkipping();
    int last = skips ? limit : Math.min(limit, next + Math.max(0, LONGEST_TEXT - length));
    int first = next;
    byte b = 0;
    while (next < last) {
      b = arrived[next];
      if (b == '"' || b == '\\') {
        break;
      }
      if (hash != 0) {
        mix(b);
      }
      next++;
    }
    length += next - first;
    if (next == last) {
      if (last < limit) {
        endOrCut();
      }
      return;
    }
    if (b == '\\') {
      take();
      state = State.ESCAPE;
    } else if (hash == 0) {
      next++;
      state = State.STRUCTURE;
    } else {
      owe((CUT + "%016x".formatted(hash)).getBytes(StandardCharsets.US_ASCII));
      hash = 0;
      // The quotation mark, which is seen again, ends what was cut.
      length = 0;
    }
  }

  /** Cuts before a whole character. */
  private void endOrCut() {
    byte b = arrived[next];
    if (b == '"') {
      next++;
      state = State.STRUCTURE;
    } else if ((b & 0xc0) == 0x80) {
      // The rest of a character, of three more bytes at most.
      next++;
    } else {
      hash = FNV_BASIS;
    }
  }

  /** One byte of a text. */
  private void take() {
    if (hash != 0) {
      mix(arrived[next]);
    }
    next++;
    length++;
  }

  /** What is left is a number still. */
  private void number(int limit) {
    while (next < limit) {
      byte b = arrived[next];
      boolean isDigit = b >= '0' && b <= '9';
      if (!isDigit && hash != 0) {
        hash = 0;
        return;
      }
      if (!isDigit && b != '.' && b != 'e' && b != 'E' && b != '+' && b != '-') {
        state = State.STRUCTURE;
        return;
      }
      if (isDigit && length == LONGEST_NUMBER && !isSkipping()) {
        hash = FNV_BASIS;
        return;
      }
      length = isDigit ? length + 1 : 0;
      next++;
    }
  }

  private void begin(State text) {
    state = text;
    length = 0;
  }

  private void mix(byte b) {
    hash = (hash ^ b) * FNV_PRIME;
    if (hash == 0) {
      hash = FNV_BASIS;
    }
  }

  private void owe(byte[] bytes) {
    owed = bytes;
    paid = 0;
  }
}
