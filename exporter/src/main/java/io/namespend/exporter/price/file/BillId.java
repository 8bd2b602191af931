package io.namespend.exporter.price.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The id of a resource, as bills and Kubernetes write it, in one form: lower case, the parts of its
 * path, without what does not tell resources apart.
 *
 * @param parts the last one is the resource's own name
 * @param region of an id that says it beside its path; else empty
 * @param account likewise
 */
record BillId(List<String> parts, String region, String account) {
  private static final Pattern ARN =
      Pattern.compile("(?:arn:[^:]+|acs):[^:]*:([^:]*):([^:]*):(.+)");
  private static final Pattern GOOGLE =
      Pattern.compile("(?:https?:)?//[^/]*googleapis\\.com/(?:.*/)?(projects/.+)");
  private static final Pattern SCHEME = Pattern.compile("([a-z][a-z\\d+.-]*)://(.*)");

  /** {@code cn-hangzhou.i-bp1a}, as Alibaba's nodes have it. */
  private static final Pattern ALIBABA =
      Pattern.compile("([a-z]{2}-[a-z]+(?:-[a-z\\d]+)*)\\.([a-z]{1,3}-[a-z\\d]+)");

  private static final Pattern AWS_ZONE = Pattern.compile("([a-z]{2}(?:-[a-z]+)+-\\d+).*");

  /** Names of an EFS file system, and of an access point or path in it. */
  private static final Pattern EFS =
      Pattern.compile("(fs-[a-z\\d]+):(?:[^:]*)(?::(fsap-[a-z\\d]+))?");

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  BillId {
    parts = List.copyOf(parts);
  }

  static BillId of(String text) {
    String id = text.strip().toLowerCase(Locale.ROOT);
    Matcher arn = ARN.matcher(id);
    if (arn.matches()) {
      return new BillId(ofArn(arn.group(3)), arn.group(1), arn.group(2));
    }
    Matcher google = GOOGLE.matcher(id);
    if (google.matches()) {
      return path(google.group(1));
    }
    Matcher efs = EFS.matcher(id);
    if (efs.matches()) {
      return new BillId(
          Stream.of(efs.group(1), efs.group(2)).filter(part -> part != null).toList(), "", "");
    }
    Matcher scheme = SCHEME.matcher(id);
    return scheme.matches() ? ofProvider(scheme.group(1), scheme.group(2)) : path(id);
  }

  /** The same with other parts. */
  BillId with(String... otherParts) {
    return new BillId(List.of(otherParts), region, account);
  }

  /** The same without region and account. */
  BillId bare() {
    return new BillId(parts, "", "");
  }

  String name() {
    return parts.isEmpty() ? "" : parts.get(parts.size() - 1);
  }

  /**
   * What stands before the kind and the name, such as the scale set of an instance; empty if the id
   * does not say it, or others may say it differently. Ids that {@link #fits fit} have the same, or
   * one has none.
   */
  String group() {
    int at = parts.size() - 3;
    return at < 0 || (at > 0 && parts.get(at - 1).equals("projects")) ? "" : parts.get(at);
  }

  /**
   * Whether both may name one resource: where one says less, the other ends with it, and no region
   * or account speaks against it.
   */
  boolean fits(BillId other) {
    int common = Math.min(parts.size(), other.parts.size());
    if (common == 0 || !isSame(region, other.region) || !isSame(account, other.account)) {
      return false;
    }
    // From the end: every scale set has an instance 0, and the parts before tell them apart.
    for (int i = 1; i <= common; i++) {
      int at = parts.size() - i;
      String mine = parts.get(at);
      String others = other.parts.get(other.parts.size() - i);
      boolean project = i < common && parts.get(at - 1).equals("projects");
      if (!mine.equals(others) && !(project && isNumber(mine, others))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether it names the resource, which it fits, by itself: the number of an instance names none
   * without its scale set.
   */
  boolean isWholeOf(BillId fuller) {
    int size = fuller.parts.size();
    return parts.size() > 2
        || parts.size() >= size
        || !NUMBER.matcher(name()).matches()
        || !fuller.parts.get(size - 2).equals("virtualmachines");
  }

  /** How much it says: of two ids that fit an object, the one that says more names it better. */
  int precision() {
    return parts.size() * 4 + (region.isEmpty() ? 0 : 2) + (account.isEmpty() ? 0 : 1);
  }

  /** What is not said differs from nothing. */
  private static boolean isSame(String one, String other) {
    return one.isEmpty() || other.isEmpty() || one.equals(other);
  }

  /** Google's bills may have a project's number where Kubernetes has its name. */
  private static boolean isNumber(String one, String other) {
    return NUMBER.matcher(one).matches() || NUMBER.matcher(other).matches();
  }

  /** Ids of AWS are unique without the type before them; names are not. */
  private static List<String> ofArn(String resource) {
    List<String> parts = path(resource.replace(':', '/')).parts;
    boolean typed =
        parts.size() == 2
            && List.of("instance", "volume", "file-system", "access-point", "disk")
                .contains(parts.get(0));
    return typed ? parts.subList(1, 2) : parts;
  }

  private static BillId ofProvider(String scheme, String rest) {
    BillId path = path(rest);
    List<String> parts = path.parts;
    return switch (scheme) {
      case "aws" ->
          new BillId(
              List.of(path.name()),
              parts.stream()
                  .map(AWS_ZONE::matcher)
                  .filter(Matcher::matches)
                  .map(zone -> zone.group(1))
                  .findFirst()
                  .orElse(""),
              "");
      case "gce" ->
          parts.size() == 3
              ? path.with(
                  "projects", parts.get(0), "zones", parts.get(1), "instances", parts.get(2))
              : path;
      default -> path;
    };
  }

  private static BillId path(String text) {
    List<String> parts = new ArrayList<>();
    for (String part : text.split("/", -1)) {
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    Matcher alibaba = ALIBABA.matcher(text);
    return alibaba.matches()
        ? new BillId(List.of(alibaba.group(2)), alibaba.group(1), "")
        : new BillId(parts, "", "");
  }
}
