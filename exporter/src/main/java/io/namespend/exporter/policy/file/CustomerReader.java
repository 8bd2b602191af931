package io.namespend.exporter.policy.file;

import io.namespend.exporter.policy.CostUnit;
import io.namespend.exporter.policy.CustomerEntry;
import io.namespend.exporter.policy.CustomerService;
import io.namespend.exporter.policy.CustomerService.Base;
import io.namespend.exporter.policy.CustomerService.Window;
import io.namespend.exporter.policy.Customers;
import io.namespend.exporter.policy.pool.NamespaceGlobs;
import io.namespend.exporter.policy.pool.Pool;
import io.namespend.exporter.policy.pool.Service;
import io.namespend.exporter.settings.LabelValue;
import io.namespend.exporter.settings.Wildcard;
import io.namespend.foundation.settings.Constant;
import io.namespend.foundation.settings.Problem;
import io.namespend.foundation.settings.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads customers and units. */
final class CustomerReader {
  /** Each customer has a series for each service that it uses. */
  private static final int MOST_NAMED = 10_000;

  private static final int MOST_SERVICES = 200;
  private static final int MOST_UNITS = 100;
  private static final Pattern WORKLOAD = Pattern.compile("[A-Za-z0-9.@*_-]{1,253}");

  private final Path folder;
  private final List<Problem> problems;
  private final Set<String> pools;
  private final Set<String> externalServices;

  /**
   * @param folder where relative paths start
   * @param problems of the directory are added here
   */
  CustomerReader(
      Path folder,
      List<Problem> problems,
      List<Pool> pools,
      List<Service.Shared> shared,
      List<Service.External> external) {
    this.folder = folder;
    this.problems = problems;
    this.pools =
        Stream.of(
                Pool.STANDING.stream(),
                pools.stream().map(Pool::name),
                shared.stream().map(service -> service.service().name()))
            .flatMap(names -> names)
            .collect(Collectors.toCollection(TreeSet::new));
    this.externalServices =
        external.stream()
            .map(service -> service.service().name())
            .collect(Collectors.toCollection(TreeSet::new));
  }

  Customers customers(Section section) {
    List<String> labels =
        section.has("labels") ? section.parsedItems("labels", PolicyReader::labelName) : List.of();
    List<CustomerEntry> directory =
        section
            .parsed("directory", folder::resolve)
            .map(file -> new DirectoryReader(section.at("directory"), problems).read(file))
            .orElse(List.of());
    List<Section> serviceSections = section.sections("services");
    if (serviceSections.size() > MOST_SERVICES) {
      section.problem("services", "write at most %d services".formatted(MOST_SERVICES));
      serviceSections = List.of();
    }
    Taken taken = new Taken(new HashSet<>(), new HashSet<>(), new HashSet<>());
    List<CustomerService> services = new ArrayList<>();
    for (Section service : serviceSections) {
      services.add(service(service, taken, section.has("directory")));
    }
    int named = section.whole("named", 1, MOST_NAMED).orElse(Customers.NONE.named());
    section.refuseOthers();
    return new Customers(labels, services, directory, named);
  }

  /** What services before have. */
  private record Taken(Set<String> names, Set<String> pools, Set<String> externalServices) {}

  private CustomerService service(Section section, Taken taken, boolean hasDirectory) {
    String name = name(section, taken.names());
    if (name.equals(Customers.DEDICATED)) {
      section.problem("name", "is the service of what a customer has alone; choose another name");
    }
    NamespaceGlobs namespaces = Globs.optional(section, "namespaces", NamespaceGlobs.NONE);
    List<Wildcard> workloads = section.parsedItems("workloads", CustomerReader::workload);
    if (section.has("workloads") && !section.has("namespaces")) {
      section.requires("namespaces", "write the namespaces of the workloads, such as [shop]");
    }
    List<String> ofPools =
        known(section, "pools", pools, taken.pools(), "is no pool or shared service");
    List<String> ofExternal =
        known(
            section,
            "externalServices",
            externalServices,
            taken.externalServices(),
            "is no external service");
    if (!section.has("namespaces") && !section.has("pools") && !section.has("externalServices")) {
      section.requires(
          "namespaces", "write what the service costs: namespaces, pools or externalServices");
    }
    Window window =
        section.parsed("window", CustomerReader::window).orElse(CustomerService.Window.HOUR);
    double variable = section.number("variable", 0, 1).orElse(1);
    Base base =
        section.parsed("base", text -> Constant.parse(Base.class, text)).orElse(Base.PROPORTIONAL);
    if (variable < 1 && !hasDirectory) {
      section.problem(
          section.has("variable") ? "variable" : "base",
          "the part that does not follow use is split over the customers of the directory; write"
              + " customers.directory, or variable: 1");
    } else if (variable == 1 && section.has("base")) {
      section.problem(
          "base", "splits what does not follow use; write variable below 1, or remove the base");
    }
    section.refuseOthers();
    return new CustomerService(
        name, namespaces, workloads, ofPools, ofExternal, window, variable, base);
  }

  private static String name(Section section, Set<String> taken) {
    section.requires("name", "write a name of its own");
    String name = section.parsed("name", LabelValue::parse).orElse("");
    if (!name.isEmpty() && !taken.add(name)) {
      section.problem("name", "is there twice; write each name once");
    }
    return name;
  }

  private static List<String> known(
      Section section, String key, Set<String> known, Set<String> taken, String problem) {
    return section.parsedItems(
        key,
        text -> {
          if (!known.contains(text)) {
            throw new IllegalArgumentException(
                known.isEmpty()
                    ? problem + " of this file"
                    : "%s; write one of %s".formatted(problem, String.join(", ", known)));
          }
          if (!taken.add(text)) {
            throw new IllegalArgumentException(
                "is there twice; its cost can belong to one service only");
          }
          return text;
        });
  }

  private static Wildcard workload(String text) {
    if (!WORKLOAD.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "write the name of a workload; * matches any characters, as in \"api-*\"");
    }
    return new Wildcard(text);
  }

  private static Window window(String text) {
    return Arrays.stream(Window.values())
        .filter(window -> window.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "write one of "
                        + Arrays.stream(Window.values())
                            .map(Window::text)
                            .collect(Collectors.joining(", "))));
  }

  /**
   * @param services that units may be made by
   */
  static List<CostUnit> units(Section root, List<CustomerService> services) {
    List<Section> sections = root.sections("units");
    if (sections.size() > MOST_UNITS) {
      root.problem("units", "write at most %d units".formatted(MOST_UNITS));
      return List.of();
    }
    Set<String> serviceNames =
        services.stream().map(CustomerService::name).collect(Collectors.toSet());
    Set<String> taken = new HashSet<>();
    return sections.stream().map(section -> unit(section, taken, serviceNames::contains)).toList();
  }

  private static CostUnit unit(Section section, Set<String> taken, Predicate<String> isService) {
    String name = name(section, taken);
    List<CostUnit.Scope> scopes =
        Arrays.stream(CostUnit.Scope.values())
            .filter(scope -> !scope.key().isEmpty() && section.has(scope.key()))
            .toList();
    if (scopes.size() > 1) {
      scopes.forEach(
          scope ->
              section.problem(
                  scope.key(),
                  "write one of services, teams, namespaces; without any, the cost of the whole"
                      + " cluster is divided"));
    }
    CostUnit.Scope scope = scopes.stream().findFirst().orElse(CostUnit.Scope.CLUSTER);
    List<String> of =
        switch (scope) {
          case SERVICES -> items(section, scope, text -> service(text, isService));
          case TEAMS -> items(section, scope, LabelValue::parse);
          case NAMESPACES -> items(section, scope, CustomerReader::namespace);
          case CLUSTER -> List.of();
        };
    double minimum = section.number("minimum", 0, Money.MOST).orElse(0);
    section.refuseOthers();
    return new CostUnit(name, scope, of, minimum);
  }

  private static List<String> items(
      Section section, CostUnit.Scope scope, Function<String, String> parse) {
    if (section.value(scope.key()).isArray() && section.value(scope.key()).isEmpty()) {
      section.problem(scope.key(), "write at least one name, or remove the key");
    }
    return section.parsedItems(scope.key(), parse).stream().distinct().toList();
  }

  private static String service(String text, Predicate<String> isService) {
    if (!isService.test(text)) {
      throw new IllegalArgumentException("is no service of customers.services");
    }
    return text;
  }

  private static String namespace(String text) {
    if (text.contains("*")) {
      throw new IllegalArgumentException("write a namespace without *");
    }
    return Globs.glob(text).text();
  }
}
