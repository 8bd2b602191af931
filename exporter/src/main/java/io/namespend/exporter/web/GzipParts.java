package io.namespend.exporter.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Makes a gzip file of parts that were compressed before, each on its own: a part ends at a byte,
 * and the checksum of the whole follows from those of its parts.
 *
 * <p>Source: RFC 1951 and 1952; a full flush ends with an empty block, after which nothing refers
 * to what was before. One file and not one for each part, since many clients read only the first.
 */
final class GzipParts implements AutoCloseable {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 4, -1};

  /** An empty block that says that it is the last. */
  private static final byte[] LAST_BLOCK = {3, 0};

  /** Labels repeat so much that the fastest level already gives a tenth. */
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);

  private byte[] buffer = new byte[16 * 1024];

  /**
   * @param length of the text, in bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // told apart by identity, never compared
  record Part(byte[] deflated, long length, Crc crc) {}

  /** Compresses a part. */
  Part part(byte[] text, int offset, int length) {
    deflater.reset();
    deflater.setInput(text, offset, length);
    int size = 0;
    while (true) {
      size += deflater.deflate(buffer, size, buffer.length - size, Deflater.FULL_FLUSH);
      if (size < buffer.length) {
        break;
      }
      buffer = Arrays.copyOf(buffer, 2 * buffer.length);
    }
    return new Part(Arrays.copyOf(buffer, size), length, Crc.of(text, offset, length));
  }

  @Override
  public void close() {
    deflater.end();
  }

  /** The text itself. */
  static void writeText(OutputStream out, Iterable<Part> parts) throws IOException {
    Inflater inflater = new Inflater(true);
    byte[] text = new byte[16 * 1024];
    try {
      for (Part part : parts) {
        inflater.reset();
        inflater.setInput(part.deflated());
        for (long left = part.length(); left > 0; ) {
          int count = inflater.inflate(text);
          if (count == 0) {
            throw new IOException("a part ends before its text");
          }
          out.write(text, 0, count);
          left -= count;
        }
      }
    } catch (DataFormatException e) {
      throw new IOException("a part is not what was compressed", e);
    } finally {
      inflater.end();
    }
  }

  static void write(OutputStream out, Iterable<Part> parts) throws IOException {
    out.write(HEADER);
    int crc = Crc.EMPTY.value();
    long length = 0;
    for (Part part : parts) {
      out.write(part.deflated());
      crc = part.crc().after(crc);
      length += part.length();
    }
    out.write(LAST_BLOCK);
    out.write(
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(crc)
            .putInt((int) length)
            .array());
  }

  /**
   * The checksum of a text.
   *
   * @param shift what appending the text multiplies the checksum of what is before it by: x to the
   *     power of its length in bits, as a polynomial over two elements modulo CRC-32's; the highest
   *     bit is the coefficient of 1
   */
  record Crc(int value, int shift) {
    static final Crc EMPTY = new Crc(0, 1 << 31);
    private static final int POLYNOMIAL = 0xedb88320;

    /** x to the power of 8, of one byte. */
    private static final int BYTE = 1 << (31 - 8);

    static Crc of(byte[] text, int offset, int length) {
      CRC32 crc = new CRC32();
      crc.update(text, offset, length);
      int shift = EMPTY.shift;
      int square = BYTE;
      for (int rest = length; rest > 0; rest >>= 1) {
        if ((rest & 1) == 1) {
          shift = product(shift, square);
        }
        square = product(square, square);
      }
      return new Crc((int) crc.getValue(), shift);
    }

    /** The checksum of a text with this one after a text with that one. */
    int after(int before) {
      return product(before, shift) ^ value;
    }

    private static int product(int a, int b) {
      int product = 0;
      int power = b;
      for (int bit = 31; bit >= 0; bit--) {
        if (((a >>> bit) & 1) == 1) {
          product ^= power;
        }
        // Times x.
        power = (power >>> 1) ^ ((power & 1) == 1 ? POLYNOMIAL : 0);
      }
      return product;
    }
  }
}
