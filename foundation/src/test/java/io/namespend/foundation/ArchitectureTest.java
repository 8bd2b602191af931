package io.namespend.foundation;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
  private static final String ROOT = "io.namespend.foundation.";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.namespend.foundation");

  @Test
  void packagesKnowNothingOfEachOther() {
    slices().matching(ROOT + "(*)..").should().notDependOnEachOther().check(CLASSES);
  }

  /** What only one program uses belongs to that program. */
  @ParameterizedTest
  @ValueSource(strings = {"exporter", "reporter"})
  void everyProgramUsesEveryClassThatOthersMayUse(String program) throws IOException {
    String sources = sources(Path.of("..", program, "src", "main", "java"));
    List<String> unused =
        CLASSES.stream()
            .filter(
                type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass())
            .map(JavaClass::getFullName)
            .filter(name -> !sources.contains("import " + name + ";"))
            .toList();

    assertThat(unused).isEmpty();
  }

  private static String sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      StringBuilder text = new StringBuilder();
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        text.append(Files.readString(file));
      }
      return text.toString();
    }
  }
}
