package io.namespend.testbed.apiserver;

/** All objects of one kind, of which each is written when it is asked for. */
interface ObjectList {
  /** Places for objects; some may be empty. */
  int places();

  /** Appends the object's JSON, or nothing if the place is empty. */
  void write(int place, StringBuilder out);
}
