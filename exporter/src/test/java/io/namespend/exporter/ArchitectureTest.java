package io.namespend.exporter;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
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

  /** Text, what is kept of it, how it arrives: none knows what the objects mean. */
  @Test
  void readingAndKeepingObjectsKnowsNothingOfWhatTheyMean() {
    layer("cluster.json");
    layer("cluster.store", "cluster.json");
    layer("cluster.watch", "cluster.json", "cluster.store", "health");
  }

  @Test
  void objectsAreUnderstoodWithoutKnowingWhereTheyComeFrom() {
    layer("cluster.node", "cluster.json");
    layer("cluster.pod", "cluster.json", "cluster.store", "cluster.node", "settings");
    layer("cluster.volume", "cluster.json", "cluster.node");
    layer("cluster.balancer", "cluster.json");
  }

  @Test
  void partsOfPricesAndPoliciesKnowNothingOfTheWhole() {
    layer("price.currency");
    layer("price.refresh", "health");
    layer("policy.owner");
    layer("policy.pool", "cluster.node", "settings");
  }

  /** A package that knows, of the exporter, only those. */
  private static void layer(String name, String... known) {
    String[] allowed =
        Stream.concat(Stream.of(name), Stream.of(known)).map(ROOT::concat).toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage(ROOT + name)
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.namespend.exporter..").and(not(resideInAnyPackage(allowed))))
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
}
