package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.topology.internal.source.SourceRecord;
import dev.hyperflow.topology.internal.state.InboxEntry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes records of a task on a thread of its own, which waits for the schema registry as long as
 * that takes. The task's stream thread goes on with other tasks meanwhile. The thread is there
 * while records are. Thread-safe.
 */
public final class LateDecoder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LateDecoder.class);
  private static final long PAUSE_MILLIS = 500;

  private final String task;
  private final Supplier<InboxDecoder> decoders;
  private final Deque<Job> jobs = new ArrayDeque<>();
  private Thread worker;
  private String outage;
  private final CountDownLatch closing = new CountDownLatch(1);

  private record Job(InboxEntry entry, CompletableFuture<Late> decoded) {}

  /**
   * What became of a record.
   *
   * @param source the record, under the key of its tenant
   */
  public record Late(Decoded decoded, SourceRecord source) {}

  /**
   * A decoder without work.
   *
   * @param task for the log
   * @param decoders gives a decoder for each time that there is work
   */
  public LateDecoder(String task, Supplier<InboxDecoder> decoders) {
    this.task = task;
    this.decoders = decoders;
  }

  /**
   * Decodes a record after all that were handed in before.
   *
   * @return what becomes of it; never done once this is closed
   */
  public synchronized CompletableFuture<Late> decode(SourceRecord source, Headers headers) {
    CompletableFuture<Late> decoded = new CompletableFuture<>();
    jobs.addLast(new Job(new InboxEntry(0, 0, source, headers), decoded));
    if (worker == null) {
      worker = new Thread(this::work, "hyperflow-late-decoder-" + task);
      worker.setDaemon(true);
      worker.start();
    }
    return decoded;
  }

  /** Why the first record waits, if it has been tried in vain. */
  public synchronized Optional<String> outage() {
    return Optional.ofNullable(outage);
  }

  private void work() {
    try (InboxDecoder decoder = decoders.get()) {
      for (Job job = next(); job != null; job = next()) {
        work(decoder, job);
      }
    } catch (RuntimeException e) {
      failAll(e);
    }
  }

  private void work(InboxDecoder decoder, Job job) {
    try {
      Decoded decoded = decoder.decode(job.entry());
      SourceRecord source = job.entry().source().under(decoder.key(job.entry()).orElse(null));
      done();
      job.decoded().complete(new Late(decoded, source));
    } catch (RuntimeException e) {
      if (RegistryOutageException.keepsFromReading(e)) {
        pause(e);
      } else {
        done();
        job.decoded().completeExceptionally(e);
      }
    }
  }

  private synchronized Job next() {
    boolean isOver = closing.getCount() == 0 || Thread.currentThread().isInterrupted();
    Job job = isOver ? null : jobs.peekFirst();
    if (job == null) {
      worker = null;
    }
    return job;
  }

  private synchronized void done() {
    jobs.pollFirst();
    outage = null;
  }

  private void pause(RuntimeException cause) {
    if (outage().isEmpty()) {
      LOG.atWarn()
          .addKeyValue("task", task)
          .addKeyValue("cause", cause.getMessage())
          .log("The schema registry does not answer. The records of the task wait for it");
    }
    note(cause);
    try {
      boolean isClosing = closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
      LOG.atTrace().addKeyValue("closing", isClosing).log("The registry is asked again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void note(RuntimeException cause) {
    outage = cause.getMessage();
  }

  private synchronized void failAll(RuntimeException cause) {
    jobs.forEach(job -> job.decoded().completeExceptionally(cause));
    jobs.clear();
    worker = null;
  }

  @Override
  public synchronized void close() {
    closing.countDown();
    jobs.clear();
    if (worker != null) {
      worker.interrupt(); // it may be waiting for an answer
    }
  }
}
