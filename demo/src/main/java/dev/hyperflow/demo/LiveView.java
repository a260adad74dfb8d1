package dev.hyperflow.demo;

import dev.hyperflow.demo.ledger.PredictionLedger;
import dev.hyperflow.demo.ledger.TenantTally;
import dev.hyperflow.demo.view.Frame;
import dev.hyperflow.demo.view.LiveAccuracy;
import dev.hyperflow.demo.view.Screen;
import dev.hyperflow.demo.view.TableRenderer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Draws the table again and again while the demo runs.
 *
 * <p>Owns one thread, {@code demo-view}, from {@link #open} to {@link #close}; only this thread
 * touches the screen in between.
 */
final class LiveView implements AutoCloseable {

  private static final Duration TIME_TO_DRAW = Duration.ofSeconds(5);

  private final Play play;
  private final Canvas canvas;
  private final LongSupplier millis;
  private final long startMillis;
  private final RateMeter rate = new RateMeter();
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "demo-view"));
  private volatile String phase = "streaming";

  /**
   * What is shown.
   *
   * @param ledger the numbers
   * @param accuracy gives a tenant's accuracy
   * @param news the last line
   * @param planned how long it takes
   * @param page where a browser finds more, if anywhere
   */
  record Play(
      PredictionLedger ledger,
      Function<String, LiveAccuracy> accuracy,
      NewsDesk news,
      Duration planned,
      Optional<String> page) {}

  /**
   * How it is shown.
   *
   * @param screen where
   * @param renderer in which colours
   * @param every time between two tables
   */
  record Canvas(Screen screen, TableRenderer renderer, Duration every) {}

  private LiveView(Play play, Canvas canvas, LongSupplier millis) {
    this.play = play;
    this.canvas = canvas;
    this.millis = millis;
    this.startMillis = millis.getAsLong();
  }

  /** Draws the first table at once. */
  static LiveView open(Play play, Canvas canvas, LongSupplier millis) {
    LiveView stage = new LiveView(play, canvas, millis);
    ScheduledFuture<?> unused =
        stage.executor.scheduleAtFixedRate(
            stage::draw, 0, canvas.every().toMillis(), TimeUnit.MILLISECONDS);
    return stage;
  }

  /** What the demo is doing now. */
  void phase(String now) {
    phase = now;
  }

  /** Time since it was opened. */
  Duration elapsed() {
    return Duration.ofMillis(millis.getAsLong() - startMillis);
  }

  /** Draws a last table. */
  @Override
  public void close() {
    executor.shutdownNow();
    try {
      executor.awaitTermination(TIME_TO_DRAW.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    draw();
  }

  private void draw() {
    var ledger = play.ledger().snapshot();
    canvas
        .screen()
        .show(
            canvas
                .renderer()
                .render(
                    new Frame(
                        ledger,
                        ledger.tenants().stream()
                            .collect(
                                Collectors.toMap(
                                    TenantTally::tenant,
                                    tenant -> play.accuracy().apply(tenant.tenant()))),
                        phase,
                        elapsed(),
                        play.planned(),
                        rate.look(millis.getAsLong(), ledger.events()),
                        play.news().latest(),
                        play.page())));
  }
}
