package dev.hyperflow.benchmarks.card;

import dev.hyperflow.benchmarks.report.Section;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.Device;
import dev.hyperflow.models.internal.DeviceChoice;
import dev.hyperflow.models.internal.DeviceState;
import dev.hyperflow.models.internal.DeviceState.ModelState;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Runs the parts of a check one after the other and reports them. For use by one thread. */
public final class CardCheck {
  /** A part asks its budget between calls; beyond this it hangs. */
  private static final double PATIENCE = 5;

  private static final double PATIENCE_SECONDS = 120;
  private static final double MILLIS = 1e3;

  private final double seconds;
  private final double patienceSeconds;
  private final Consumer<String> out;
  private final StringBuilder markdown = new StringBuilder();
  private int failed;
  private boolean hangs;

  /**
   * A check.
   *
   * @param seconds what each part may take; a part ends with the call under way
   * @param out gets the report piece by piece, as text
   */
  public CardCheck(double seconds, Consumer<String> out) {
    this(seconds, PATIENCE * seconds + PATIENCE_SECONDS, out);
  }

  CardCheck(double seconds, double patienceSeconds, Consumer<String> out) {
    this.seconds = seconds;
    this.patienceSeconds = patienceSeconds;
    this.out = out;
  }

  /**
   * What is checked.
   *
   * @param device cuda or cpu
   * @param bundle a bundle with an encoder
   * @param broker whether a stream runs through a broker, too
   * @param directory an empty one for bundles, broker, state and logs
   * @param commit what the report says it was built from
   */
  public record Settings(
      DeviceChoice device, String bundle, boolean broker, Path directory, String commit) {}

  /**
   * Runs all parts.
   *
   * @return the number of parts that failed
   * @throws BundleException if the device cannot be used; the message is one line that names what
   *     is missing and where it was looked for
   */
  public int run(Settings settings) {
    Subject subject = load(settings);
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put("machine", new Machine(subject, settings.commit()));
    parts.put("parity", new Parity(subject));
    parts.put("precision", new Precision(subject, settings.directory().resolve("fp16")));
    parts.put("texts", Speed.ofTexts(subject));
    parts.put("heads", Speed.ofHeads(subject));
    parts.put("threads", new Lanes(subject));
    parts.put("tenants", new Tenants(subject));
    parts.put("memory", new Memory(subject));
    if (settings.broker()) {
      parts.put("stream", new WholeStream(settings.device(), settings.directory()));
    }
    parts.forEach(
        (name, part) -> {
          measure(name, part);
          requireInUse(name, subject.device().deviceState());
        });
    if (!hangs) {
      subject.close();
    }
    return failed;
  }

  /** The report so far. */
  public String markdown() {
    return markdown.toString();
  }

  private static Subject load(Settings settings) {
    Optional<String> missing =
        settings.device() == DeviceChoice.CPU
            ? Optional.empty()
            : CudaLibraries.ofMachine().flatMap(CudaLibraries::missing);
    try {
      return Subject.load(settings.bundle(), settings.device());
    } catch (RuntimeException | LinkageError e) {
      throw new BundleException(missing.orElseGet(() -> oneLine(e)), e);
    }
  }

  /** Runs a part on a thread of its own, which is left alone if it does not end. */
  void measure(String name, Part part) {
    Callable<Section> work = () -> part.measure(Budget.ofSeconds(seconds));
    FutureTask<Section> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "check-" + name);
    thread.setDaemon(true);
    thread.start();
    try {
      Section section = task.get((long) (patienceSeconds * MILLIS), TimeUnit.MILLISECONDS);
      out.accept(section.text());
      markdown.append(section.markdown()).append('\n');
    } catch (ExecutionException e) {
      fail(name, oneLine(e.getCause()));
    } catch (TimeoutException e) {
      hangs = true;
      task.cancel(true);
      fail(name, "expected an end within %.0f s, found none".formatted(patienceSeconds));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(name, "interrupted");
    }
  }

  private void requireInUse(String name, DeviceState state) {
    if (state.device().kind() == Device.Kind.CUDA) {
      state.integrator().forEach(model -> requireInUse(name + ", integrator", model));
      state.encoder().forEach(model -> requireInUse(name + ", encoder", model));
    }
  }

  private void requireInUse(String name, ModelState model) {
    if (model.inUse() != Device.Kind.CUDA) {
      fail(name, "expected CUDA in use, found " + Speed.told(model));
    }
  }

  private void fail(String name, String what) {
    failed++;
    String line = "FAILED %s: %s".formatted(name, what);
    out.accept(line);
    markdown.append("**").append(line).append("**\n\n");
  }

  int failed() {
    return failed;
  }

  /** What a failure says, in one line. */
  static String oneLine(Throwable failure) {
    String message = failure.getMessage() == null ? "" : failure.getMessage().strip();
    String line = message.replaceAll("\\s*\\R\\s*", " | ");
    boolean speaks = failure instanceof RuntimeException && !line.isEmpty();
    return speaks ? line : failure.getClass().getSimpleName() + ": " + line;
  }
}
