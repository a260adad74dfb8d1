package dev.hyperflow.topology.internal;

import dev.hyperflow.models.internal.Causes;
import dev.hyperflow.topology.internal.decode.RegistryOutageException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.streams.errors.LockException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what happens when a stream thread fails. If the cause may pass, a new thread replaces it
 * and repeats the work since the last commit. If the cause stays, or threads fail over and over,
 * the application stops. An outage of the schema registry does not count. Thread-safe.
 */
final class StreamFailures implements StreamsUncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(StreamFailures.class);

  /** Maximum number of threads replaced within {@link #WINDOW}. */
  static final int MAX_REPLACEMENTS = 10;

  /** The time over which replacements are counted. */
  static final Duration WINDOW = Duration.ofMinutes(5);

  private final LongSupplier clockMillis;
  private final Deque<Long> replacements = new ArrayDeque<>();
  private Throwable fatal;
  private Throwable latest;

  /**
   * Nothing has failed yet.
   *
   * @param clockMillis milliseconds of any clock
   */
  public StreamFailures(LongSupplier clockMillis) {
    this.clockMillis = clockMillis;
  }

  @Override
  public synchronized StreamThreadExceptionResponse handle(Throwable thrown) {
    latest = thrown;
    if (Causes.any(thrown, InterruptException.class::isInstance) && Thread.interrupted()) {
      LOG.atDebug().log("The thread closes as others do, without its interruption");
    }
    if (!isPassing(thrown)) {
      LOG.atError()
          .setCause(thrown)
          .log("The application stops, because a restart of the thread would not cure the failure");
      return stop(thrown);
    }
    if (RegistryOutageException.isOutage(thrown)) { // which ends by itself
      LOG.atWarn()
          .setCause(thrown)
          .log("The schema registry does not answer. A new thread reads the record again");
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    long now = clockMillis.getAsLong();
    while (!replacements.isEmpty() && now - replacements.peekFirst() >= WINDOW.toMillis()) {
      replacements.removeFirst();
    }
    if (replacements.size() >= MAX_REPLACEMENTS) {
      LOG.atError()
          .addKeyValue("replacements", replacements.size())
          .addKeyValue("minutes", WINDOW.toMinutes())
          .setCause(thrown)
          .log("The application stops, because its stream threads keep failing");
      return stop(thrown);
    }
    replacements.addLast(now);
    LOG.atWarn().setCause(thrown).log("A stream thread failed. Another thread replaces it");
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /** The message of the last failure, one line, if there was one. */
  public synchronized Optional<String> latest() {
    return Optional.ofNullable(latest).map(Causes::rootMessage);
  }

  /** Why the application stopped, if it did. */
  public synchronized Optional<Throwable> fatal() {
    return Optional.ofNullable(fatal);
  }

  private StreamThreadExceptionResponse stop(Throwable thrown) {
    if (fatal == null) {
      fatal = thrown;
    }
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  /** Whether the cause may be gone when the work is tried again. */
  private static boolean isPassing(Throwable thrown) {
    return Causes.any(
        thrown,
        cause ->
            cause instanceof RetriableException
                || cause instanceof InterruptException // after the system clock was set back
                || isOfATransaction(cause)
                || RegistryOutageException.isOutage(cause));
  }

  /**
   * A transaction that timed out or was taken over; the next one starts where it did. A commit that
   * reaches the broker after its abort finds an invalid state (KAFKA-20785).
   */
  private static boolean isOfATransaction(Throwable cause) {
    return cause instanceof TaskMigratedException
        || cause instanceof TaskCorruptedException
        || cause instanceof LockException
        || cause instanceof ProducerFencedException
        || cause instanceof InvalidProducerEpochException
        || cause instanceof InvalidPidMappingException
        || cause instanceof InvalidTxnStateException
        || cause instanceof OutOfOrderSequenceException
        || cause instanceof TransactionAbortedException
        || cause instanceof TransactionAbortableException;
  }
}
