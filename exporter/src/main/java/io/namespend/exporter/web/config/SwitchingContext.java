package io.namespend.exporter.web.config;

import java.security.SecureRandom;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * A context that asks for the current one at each connection. The JDK's server takes a context
 * once; a whole new one also forgets the sessions of the old, so that nobody resumes past a rule
 * that is gone.
 */
public final class SwitchingContext extends SSLContext {
  public SwitchingContext(Supplier<SSLContext> current) {
    super(new Current(current), current.get().getProvider(), current.get().getProtocol());
  }

  private static final class Current extends SSLContextSpi {
    private final Supplier<SSLContext> current;

    Current(Supplier<SSLContext> current) {
      this.current = current;
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
      return current.get().createSSLEngine();
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
      return current.get().createSSLEngine(host, port);
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
      return current.get().getSocketFactory();
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
      return current.get().getServerSocketFactory();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
      return current.get().getServerSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
      return current.get().getClientSessionContext();
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random) {
      throw new IllegalStateException("initialised by its supplier");
    }
  }
}
