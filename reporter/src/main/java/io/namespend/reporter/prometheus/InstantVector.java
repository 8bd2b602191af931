package io.namespend.reporter.prometheus;

import java.util.List;

/** A good answer to an instant query. */
record InstantVector(List<Sample> samples, List<String> warnings) {
  InstantVector {
    samples = List.copyOf(samples);
    warnings = List.copyOf(warnings);
  }
}
