package io.namespend.ledger.bill;

/** What of a cluster a line is for; the exporter prices the first four. */
public enum Component {
  NODE,
  VOLUME,
  LOAD_BALANCER,
  CONTROL_PLANE,
  NETWORK,
  NONE
}
