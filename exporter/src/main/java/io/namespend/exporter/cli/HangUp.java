package io.namespend.exporter.cli;

import static java.lang.System.Logger.Level.WARNING;

import java.lang.reflect.Proxy;

/**
 * The signal by which daemons are asked to read their files again. Java has no other way to it than
 * {@code sun.misc.Signal}, which every JDK exports for this; javac warns of any use in source and
 * cannot be told not to, hence by reflection.
 */
final class HangUp {
  private static final System.Logger LOG = System.getLogger(HangUp.class.getName());

  private HangUp() {}

  /**
   * @param action run on a thread of its own, for each signal
   */
  static void onHangUp(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              HangUp.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                  return null;
                }
                return method.invoke(action, arguments);
              });
      Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
      signal.getMethod("handle", signal, handler).invoke(null, hangUp, proxy);
    } catch (ReflectiveOperationException e) {
      LOG.log(WARNING, "SIGHUP does nothing here; the policy file is looked at every 5 seconds");
    }
  }
}
