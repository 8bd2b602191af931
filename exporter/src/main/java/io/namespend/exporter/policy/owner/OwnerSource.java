package io.namespend.exporter.policy.owner;

import io.namespend.foundation.settings.Constant;

/** What named a part of an owner. */
public enum OwnerSource {
  WORKLOAD_LABEL,
  NAMESPACE_ANNOTATION,
  NAMESPACE_LABEL,
  DEFAULT;

  /** As in metrics. */
  public String text() {
    return Constant.text(this);
  }
}
