package io.namespend.exporter.cluster;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client asked for. */
record HttpRequestHead(String target, Map<String, String> headers) {
  static HttpRequestHead read(InputStream in, Pattern requestLine) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException();
      }
      head.write(next);
    }
    List<String> lines =
        head.toString(StandardCharsets.ISO_8859_1).lines().filter(line -> !line.isEmpty()).toList();
    Matcher first = requestLine.matcher(lines.get(0));
    if (!first.matches()) {
      throw new IOException("not expected: " + lines.get(0));
    }
    Map<String, String> headers = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] header = line.split(": ", 2);
      headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
    }
    return new HttpRequestHead(first.group(1), headers);
  }

  String path() {
    return target.replaceFirst("\\?.*", "");
  }

  /** Empty if there is none. */
  String parameter(String name) {
    Matcher matcher = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(target);
    return matcher.find() ? URLDecoder.decode(matcher.group(1), StandardCharsets.UTF_8) : "";
  }

  /** Empty if there is none. */
  String header(String name) {
    return headers.getOrDefault(name, "");
  }
}
