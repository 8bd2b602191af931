package io.namespend.reporter.digest;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.util.HashMap;
import java.util.Map;

/**
 * A picture with a palette: a third of the bytes to compress, and none to filter, which is what
 * writing a PNG spends its time on.
 */
final class FewColors {
  private static final int MOST = 256;

  /** The higher six bits of each channel; the eye misses none of the others in a chart. */
  private static final int SHOWN = 0xFCFCFC;

  private FewColors() {}

  /** The picture itself where it has too many colours. */
  static BufferedImage of(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
    byte[] indices = new byte[pixels.length];
    Map<Integer, Integer> palette = new HashMap<>();
    int last = -1;
    byte index = 0;
    for (int i = 0; i < pixels.length; i++) {
      int color = pixels[i] & SHOWN;
      if (color != last) {
        index = palette.computeIfAbsent(color, any -> palette.size()).byteValue();
        last = color;
      }
      indices[i] = index;
    }
    if (palette.size() > MOST) {
      return picture;
    }
    int[] colors = new int[palette.size()];
    // 252 is white as 255 is: what was cut off is the begin again.
    palette.forEach((color, at) -> colors[at] = color | (color >> 6 & 0x030303));
    IndexColorModel model =
        new IndexColorModel(8, colors.length, colors, 0, false, -1, DataBuffer.TYPE_BYTE);
    BufferedImage indexed =
        new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model);
    byte[] data = ((DataBufferByte) indexed.getRaster().getDataBuffer()).getData();
    System.arraycopy(indices, 0, data, 0, indices.length);
    return indexed;
  }
}
