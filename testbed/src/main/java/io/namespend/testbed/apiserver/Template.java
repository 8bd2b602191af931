package io.namespend.testbed.apiserver;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object with gaps: <code>${text}</code> within a string, or {@code "@json@"} instead of a
 * value.
 */
final class Template {
  private static final Pattern GAP = Pattern.compile("\\$\\{(\\w+)}|\"@(\\w+)@\"");

  /** Text and names of gaps in turn; begins and ends with text. */
  private final List<String> parts = new ArrayList<>();

  private Template(String json) {
    Matcher gap = GAP.matcher(json);
    int end = 0;
    while (gap.find()) {
      parts.add(json.substring(end, gap.start()));
      parts.add(gap.group(1) == null ? gap.group(2) : gap.group(1));
      end = gap.end();
    }
    parts.add(json.substring(end));
  }

  /** From the resources of this package's server. */
  static Template of(String resource) {
    try (InputStream file = Template.class.getResourceAsStream("/apiserver/" + resource)) {
      return new Template(new ObjectMapper().readTree(file).toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws IllegalArgumentException if a gap has no value
   */
  void write(StringBuilder out, Map<String, String> values) {
    for (int i = 0; i < parts.size(); i++) {
      @Nullable String text = i % 2 == 0 ? parts.get(i) : values.get(parts.get(i));
      if (text == null) {
        throw new IllegalArgumentException("no value for " + parts.get(i));
      }
      out.append(text);
    }
  }
}
