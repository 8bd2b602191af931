package io.namespend.testbed.apiserver;

/** Objects of one kind that change. */
interface WatchedObjects extends ObjectList {
  ChangeLog changes();

  /** Appends the object's JSON as it was after the change. */
  void write(ChangeLog.Change change, StringBuilder out);
}
