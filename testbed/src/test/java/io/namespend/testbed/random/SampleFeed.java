package io.namespend.testbed.random;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Targets for Prometheus that serve each page once and are empty otherwise. Samples carry their own
 * timestamps, which keeps Prometheus from ending a series that the next page does not have.
 */
final class SampleFeed implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /**
   * A page, and whether Prometheus has asked again since, which it does when it stored the last.
   */
  private record Delivery(String page, CountDownLatch stored) {}

  private final HttpServer server;
  private final Map<String, AtomicReference<Delivery>> waiting = new HashMap<>();
  private final Map<String, AtomicReference<Delivery>> served = new HashMap<>();

  private SampleFeed(HttpServer server) {
    this.server = server;
  }

  static SampleFeed start(Iterable<String> targets) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      SampleFeed feed = new SampleFeed(server);
      for (String target : targets) {
        feed.waiting.put(target, new AtomicReference<>(nothing()));
        feed.served.put(target, new AtomicReference<>(nothing()));
        server.createContext("/" + target, exchange -> feed.serve(target, exchange));
      }
      server.start();
      return feed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Returns when Prometheus has stored all pages. */
  void deliver(Map<String, String> pageOfTarget) throws InterruptedException {
    Map<String, Delivery> deliveries = new HashMap<>();
    pageOfTarget.forEach(
        (target, page) -> {
          Delivery delivery = new Delivery(page, new CountDownLatch(1));
          deliveries.put(target, delivery);
          reference(waiting, target).set(delivery);
        });
    for (Map.Entry<String, Delivery> delivery : deliveries.entrySet()) {
      if (!delivery.getValue().stored.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("Prometheus did not scrape " + delivery.getKey() + " twice");
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(String target, HttpExchange exchange) throws IOException {
    Delivery next = reference(waiting, target).getAndSet(nothing());
    reference(served, target).getAndSet(next).stored.countDown();
    byte[] page = next.page.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
      exchange.sendResponseHeaders(200, page.length == 0 ? -1 : page.length);
      exchange.getResponseBody().write(page);
    }
  }

  private static AtomicReference<Delivery> reference(
      Map<String, AtomicReference<Delivery>> references, String target) {
    AtomicReference<Delivery> reference = references.get(target);
    if (reference == null) {
      throw new IllegalArgumentException("no target " + target);
    }
    return reference;
  }

  private static Delivery nothing() {
    return new Delivery("", new CountDownLatch(1));
  }
}
