package io.namespend.exporter.price;

/** Where traffic goes when it leaves a pod's zone. */
public enum EgressKind {
  ZONE,
  REGION,
  INTERNET
}
