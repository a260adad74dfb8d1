package dev.hyperflow.app.load;

import dev.hyperflow.app.lifecycle.ShutdownSignal;
import dev.hyperflow.engine.internal.files.FileForm;
import dev.hyperflow.engine.internal.files.LabelledFile;
import dev.hyperflow.engine.internal.texts.DataLimits;
import dev.hyperflow.engine.internal.texts.Utterance;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.topology.internal.ToolClients;
import dev.hyperflow.topology.internal.config.ApplicationConfig;
import dev.hyperflow.topology.internal.config.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;

/** Sends labels and queries of made-up tenants at a steady rate. For one thread. */
public final class LoadGenerator {
  private static final List<String> MESSAGES = List.of("bank.tsv", "furniture.tsv", "software.tsv");
  private static final DataLimits LIMITS = DataLimits.of(256, 256, 10_000, 200);
  private static final Duration TICK = Duration.ofMillis(50);
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Settings settings;
  private final Topics topics;
  private final ToolClients clients;
  private final List<List<Utterance>> messages =
      MESSAGES.stream().map(LoadGenerator::read).toList();
  private final SplittableRandom random;
  private long sent;

  /**
   * What is sent.
   *
   * @param perSecond records a second, above 0
   * @param tenants tenants, at least 1; named {@code load-0} and so on
   * @param labelShare which part of the records are labels, 0 to 1
   * @param seed decides which messages they are
   */
  public record Settings(double perSecond, int tenants, double labelShare, long seed) {}

  /** A generator for the application of that configuration. */
  public LoadGenerator(Settings settings, ApplicationConfig config) {
    this.settings = settings;
    this.topics = config.topics();
    this.clients = new ToolClients(config);
    this.random = new SplittableRandom(settings.seed());
  }

  /**
   * Sends until the process is asked to stop or the time is over.
   *
   * @return the records that brokers have acknowledged, and those they have not
   * @throws dev.hyperflow.topology.errors.StartupException when brokers or registry do not answer
   */
  public Sent run(ShutdownSignal shutdown, Duration most) throws InterruptedException {
    AtomicLong acknowledged = new AtomicLong();
    AtomicLong failed = new AtomicLong();
    try (Producer<byte[], byte[]> producer = clients.sender();
        Serializer<Object> serializer = clients.writer()) {
      // Without brokers each record would wait for them anew.
      producer.partitionsFor(topics.support());
      producer.partitionsFor(topics.queries());
      long started = System.nanoTime();
      long elapsed;
      do {
        elapsed = System.nanoTime() - started;
        long due = (long) (settings.perSecond() * elapsed / NANOS_PER_SECOND);
        while (sent < due && !shutdown.isRequested()) {
          Future<RecordMetadata> unused =
              producer.send(
                  next(serializer),
                  (at, trouble) -> (trouble == null ? acknowledged : failed).incrementAndGet());
        }
      } while (elapsed < most.toNanos() && !shutdown.await(TICK));
      producer.flush();
    } catch (KafkaException e) {
      throw clients.noAnswer(e);
    }
    return new Sent(acknowledged.get(), failed.get());
  }

  /** How many records were sent, and how many could not be. */
  public record Sent(long acknowledged, long failed) {}

  /** The next record; which one depends on the settings alone. */
  ProducerRecord<byte[], byte[]> next(Serializer<Object> serializer) {
    int tenant = random.nextInt(settings.tenants());
    List<Utterance> own = messages.get(tenant % messages.size());
    Utterance message = own.get(random.nextInt(own.size()));
    String id = "load-%d-%d".formatted(settings.seed(), sent++);
    boolean isLabel = random.nextDouble() < settings.labelShare();
    String topic = isLabel ? topics.support() : topics.queries();
    SpecificRecord value =
        isLabel ? label(id, message) : new QueryEvent(id, new TextPayload(message.text()));
    return new ProducerRecord<>(
        topic,
        ("load-" + tenant).getBytes(StandardCharsets.UTF_8),
        serializer.serialize(topic, value));
  }

  private static SupportEvent label(String id, Utterance message) {
    return SupportEvent.newBuilder()
        .setEventId(id)
        .setOperation(SupportOperation.ADD)
        .setLabel(message.label())
        .setPayload(new TextPayload(message.text()))
        .build();
  }

  private static List<Utterance> read(String name) {
    try (InputStream in = LoadGenerator.class.getResourceAsStream("/messages/" + name)) {
      List<Utterance> labelled =
          new ArrayList<>(LabelledFile.read(in, name, FileForm.UNKNOWN, LIMITS).utterances());
      labelled.removeIf(message -> !message.isLabelled());
      return labelled;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "expected to read " + name + " in the jar, found: " + e.getMessage(), e);
    }
  }
}
