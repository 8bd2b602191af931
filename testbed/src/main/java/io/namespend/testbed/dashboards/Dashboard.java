package io.namespend.testbed.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A dashboard in Grafana's classic JSON. */
public record Dashboard(String file, JsonNode json) {
  /** All that lie in the folder, by name. */
  public static List<Dashboard> in(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(path -> path.toString().endsWith(".json"))
          .sorted()
          .map(Dashboard::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Dashboard read(Path file) {
    try {
      return new Dashboard(
          String.valueOf(file.getFileName()), new ObjectMapper().readTree(file.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String uid() {
    return json.path("uid").asText();
  }

  /** How far back it reads when one opens it, such as {@code now-7d}. */
  public String timeFrom() {
    return json.path("time").path("from").asText();
  }

  public List<Variable> variables() {
    return StreamSupport.stream(json.path("templating").path("list").spliterator(), false)
        .map(Variable::new)
        .toList();
  }

  public List<Panel> panels() {
    List<Panel> panels = new ArrayList<>();
    String row = "";
    String repeatedBy = "";
    for (JsonNode panel : json.path("panels")) {
      if (panel.path("type").asText().equals("row")) {
        row = panel.path("title").asText();
        repeatedBy = panel.path("repeat").asText("");
        // A row that is closed holds its panels; those of an open one follow it.
        for (JsonNode inside : panel.path("panels")) {
          panels.add(new Panel(uid(), inside, row, repeatedBy));
        }
      } else {
        panels.add(new Panel(uid(), panel, row, repeatedBy));
      }
    }
    return panels;
  }

  /** The queries of panels, then of annotations. */
  public List<Target> targets() {
    return Stream.concat(
            panels().stream().flatMap(panel -> panel.targets().stream()),
            StreamSupport.stream(json.path("annotations").path("list").spliterator(), false)
                .filter(
                    annotation ->
                        annotation.path("datasource").path("type").asText().equals("prometheus"))
                .map(annotation -> Target.ofAnnotation(uid(), annotation)))
        .toList();
  }

  @Override
  public String toString() {
    return uid();
  }
}
