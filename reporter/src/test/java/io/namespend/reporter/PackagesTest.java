package io.namespend.reporter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

final class PackagesTest {
  private static final JavaClasses REPORTER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.namespend.reporter");

  @Test
  void prometheusKnowsNoReport() {
    noClasses()
        .that()
        .resideInAPackage("..reporter.prometheus..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..reporter.digest..",
            "..reporter.statement..",
            "..reporter.explain..",
            "..reporter.cli..")
        .check(REPORTER);
  }

  @Test
  void statementKnowsNeitherExplanationsNorTheCommandLine() {
    noClasses()
        .that()
        .resideInAPackage("..reporter.statement..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..reporter.digest..", "..reporter.explain..", "..reporter.cli..", "picocli..")
        .check(REPORTER);
  }

  @Test
  void explainKnowsNoCommandLine() {
    noClasses()
        .that()
        .resideInAPackage("..reporter.explain..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..reporter.cli..", "picocli..")
        .check(REPORTER);
  }

  @Test
  void digestKnowsNoCommandLine() {
    noClasses()
        .that()
        .resideInAPackage("..reporter.digest..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "..reporter.cli..", "..reporter.delivery..", "..reporter.settings..", "picocli..")
        .check(REPORTER);
  }

  @Test
  void onlyClientsKnowTheWire() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..reporter.prometheus..")
        .and()
        .doNotHaveSimpleName("KubernetesApi")
        .and()
        .doNotHaveSimpleName("Senders")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.net.http..")
        .check(REPORTER);
  }

  @Test
  void onlyWhatReadsOrWritesJsonKnowsJackson() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "..reporter.prometheus..",
            "..reporter.settings..",
            "..reporter.statement..",
            "..reporter.explain..")
        .and()
        .doNotHaveSimpleName("KubernetesApi")
        .and()
        .doNotHaveSimpleName("Answer")
        .and()
        .doNotHaveSimpleName("ConfigMapLog")
        .and()
        .doNotHaveSimpleName("LogShard")
        .and()
        .doNotHaveSimpleName("LeaseTurn")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml..")
        .check(REPORTER);
  }

  @Test
  void theModelDoesNotKnowHowItLooks() {
    noClasses()
        .that()
        .resideInAPackage("..reporter.digest..")
        .and()
        .areRecords()
        .and()
        .doNotHaveSimpleName("ChangeWords")
        .and()
        .doNotHaveSimpleName("Fact")
        .should()
        .dependOnClassesThat(
            JavaClass.Predicates.simpleNameStartingWith("Html")
                .or(JavaClass.Predicates.simpleNameStartingWith("Text"))
                .or(JavaClass.Predicates.simpleName("Figures"))
                .or(JavaClass.Predicates.simpleName("ChangeWords")))
        .check(REPORTER);
  }
}
