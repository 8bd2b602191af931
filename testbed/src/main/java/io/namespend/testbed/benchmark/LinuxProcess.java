package io.namespend.testbed.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Linux and its own JVM know of a Java process. */
record LinuxProcess(ProcessHandle handle) {
  private static final Pattern HEAP_TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

  double residentMebibytes() {
    return status("VmRSS");
  }

  /** The most that it ever had. */
  double peakMebibytes() {
    return status("VmHWM");
  }

  /** Processor time since it began. */
  Duration cpu() {
    return handle.info().totalCpuDuration().orElseThrow();
  }

  /** What is left of the heap after a full collection, which this causes. */
  double liveHeapMebibytes() {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process process =
          new ProcessBuilder(jcmd.toString(), Long.toString(handle.pid()), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      String histogram =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher total = HEAP_TOTAL.matcher(histogram);
      if (!total.find()) {
        throw new IllegalStateException("jcmd says " + histogram);
      }
      return Long.parseLong(total.group(1)) / 1048576.0;
    } catch (IOException e) {
      throw new UncheckedIOException("a JDK's jcmd is needed", e);
    }
  }

  private double status(String field) {
    try {
      String status = Files.readString(Path.of("/proc/" + handle.pid() + "/status"));
      Matcher value = Pattern.compile(field + ":\\s+(\\d+) kB").matcher(status);
      if (!value.find()) {
        throw new IllegalStateException("no " + field + " of process " + handle.pid());
      }
      return Long.parseLong(value.group(1)) / 1024.0;
    } catch (IOException e) {
      throw new UncheckedIOException("process " + handle.pid() + " has ended", e);
    }
  }
}
