package io.namespend.reporter.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureTest {
  @Test
  void fewColorsStayAsTheyAre() throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xFFFFFF);
    image.setRGB(1, 0, 0x0071B2);
    image.setRGB(2, 1, 0xBDBDBD);

    Picture picture = Picture.of(image);

    assertThat(picture.colors()).isEqualTo(4);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(picture.png()));
    for (int x = 0; x < 3; x++) {
      for (int y = 0; y < 2; y++) {
        assertThat(distance(read.getRGB(x, y), image.getRGB(x, y))).isLessThan(4);
      }
    }
    assertThat(read.getRGB(0, 0)).isEqualTo(0xFFFFFFFF);
    assertThat(picture.palette()).hasSize(12);
    assertThat(picture.pixels()).hasSize(6);
  }

  @Test
  void manyColorsAreBroughtTogetherUntilAPaletteHoldsThem() throws IOException {
    BufferedImage image = new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 256; x++) {
      for (int y = 0; y < 256; y++) {
        image.setRGB(x, y, x << 16 | y << 8 | (x ^ y));
      }
    }

    Picture picture = Picture.of(image);

    assertThat(picture.colors()).isBetween(17, 256);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(picture.png()));
    assertThat(distance(read.getRGB(200, 30), image.getRGB(200, 30))).isLessThan(64);
  }

  /** Of the channel that differs most. */
  private static int distance(int one, int other) {
    Color a = new Color(one);
    Color b = new Color(other);
    return Math.max(
        Math.abs(a.getRed() - b.getRed()),
        Math.max(Math.abs(a.getGreen() - b.getGreen()), Math.abs(a.getBlue() - b.getBlue())));
  }
}
