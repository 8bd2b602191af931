package io.namespend.exporter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
class ArchitectureTest {
  private static final String ROOT = "io.namespend.exporter.";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.namespend.exporter");

  @Test
  void whatThereIsAndCostsKnowsNeitherServingNorMetrics() {
    noClasses()
        .that()
        .resideInAnyPackage(
            ROOT + "cluster..", ROOT + "price..", ROOT + "policy..", ROOT + "audit..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.sun.net.httpserver..",
            "io.prometheus..",
            ROOT + "exposition..",
            ROOT + "web..",
            ROOT + "cli..")
        .check(CLASSES);
  }

  @Test
  void clusterKnowsNoPricesAndNoPolicy() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "cluster..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "price..", ROOT + "policy..")
        .check(CLASSES);
  }

  @Test
  void settingsKnowNothingOfWhatIsSet() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "settings..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "cluster..",
            ROOT + "price..",
            ROOT + "policy..",
            ROOT + "exposition..",
            ROOT + "web..",
            ROOT + "cli..")
        .check(CLASSES);
  }

  @Test
  void metricsKnowNoServerAndTheServerKnowsNoCosts() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "exposition..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + "web..", ROOT + "cli..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(ROOT + "web..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOT + "cluster..",
            ROOT + "price..",
            ROOT + "policy..",
            ROOT + "exposition..",
            ROOT + "cli..")
        .check(CLASSES);
  }

  @Test
  void featuresHaveNoCircles() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void nothingIsStaticAndChanges() {
    fields().that().areStatic().should().beFinal().check(CLASSES);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Common)")
        .check(CLASSES);
  }
}
