package io.namespend.reporter.digest;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/**
 * A picture with a palette: a third of the bytes, and none that a PNG or a PDF would have to
 * filter, which is what writing them spends its time on.
 */
public final class Picture {
  private static final int MOST_COLORS = 256;

  /** Of each channel; the eye misses none of the others in a chart. */
  private static final int MOST_BITS = 6;

  private final int width;
  private final int height;
  private final int[] palette;
  private final byte[] pixels;

  private Picture(int width, int height, int[] palette, byte[] pixels) {
    this.width = width;
    this.height = height;
    this.palette = palette;
    this.pixels = pixels;
  }

  /**
   * @param image of {@link BufferedImage#TYPE_INT_RGB}
   */
  static Picture of(BufferedImage image) {
    int[] colors = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    byte[] pixels = new byte[colors.length];
    for (int bits = MOST_BITS; ; bits--) {
      int channel = (0xFF << (8 - bits)) & 0xFF;
      Map<Integer, Integer> palette = index(colors, channel * 0x010101, pixels);
      if (palette.size() <= MOST_COLORS) {
        return new Picture(image.getWidth(), image.getHeight(), sorted(palette, bits), pixels);
      }
    }
  }

  /** Fills in the pixels, and returns the index of each colour. */
  private static Map<Integer, Integer> index(int[] colors, int shown, byte[] pixels) {
    Map<Integer, Integer> palette = new HashMap<>();
    int last = -1;
    byte index = 0;
    for (int i = 0; i < colors.length; i++) {
      int color = colors[i] & shown;
      if (color != last) {
        index = palette.computeIfAbsent(color, any -> palette.size()).byteValue();
        last = color;
      }
      pixels[i] = index;
    }
    return palette;
  }

  /** White shall be white: the bits that were cut off are the begin again. */
  private static int[] sorted(Map<Integer, Integer> palette, int bits) {
    int rest = 0xFF >> bits;
    int[] colors = new int[palette.size()];
    palette.forEach(
        (color, index) -> colors[index] = color | ((color >> bits) & (rest * 0x010101)));
    return colors;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }

  /** How many colours there are, at most 256. */
  int colors() {
    return palette.length;
  }

  /** Red, green and blue of each colour. */
  byte[] palette() {
    byte[] bytes = new byte[palette.length * 3];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (palette[i / 3] >> (16 - i % 3 * 8));
    }
    return bytes;
  }

  /** A byte a pixel: which colour of the palette. */
  byte[] pixels() {
    return pixels.clone();
  }

  /**
   * By W3C's Portable Network Graphics. The JDK's writer also tries all filters on palettes, which
   * are not made for them, and took half of a mail's time with that.
   */
  public byte[] png() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream png = new DataOutputStream(bytes)) {
      png.writeLong(0x89504E470D0A1A0AL);
      // Eight bits a pixel, with a palette; deflate, one filter type, not interlaced.
      byte[] kind = {8, 3, 0, 0, 0};
      write(png, "IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put(kind).array());
      write(png, "PLTE", palette());
      write(png, "IDAT", deflated());
      write(png, "IEND", new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream png, String chunk, byte[] data) throws IOException {
    byte[] name = chunk.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data);
    png.writeInt(data.length);
    png.write(name);
    png.write(data);
    png.writeInt((int) sum.getValue());
  }

  private byte[] deflated() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DeflaterOutputStream rows = new DeflaterOutputStream(bytes)) {
      for (int row = 0; row < height; row++) {
        rows.write(0); // not filtered
        rows.write(pixels, row * width, width);
      }
    }
    return bytes.toByteArray();
  }
}
