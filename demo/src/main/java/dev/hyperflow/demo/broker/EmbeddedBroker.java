package dev.hyperflow.demo.broker;

import dev.hyperflow.topology.errors.StartupException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Kafka node, broker and controller, in this process, on 127.0.0.1.
 *
 * <p>The data directory outlives the broker. A broker started on it again, in any process, has all
 * topics, records, offsets and transactions of the one before, even if that was killed.
 *
 * <p>Owns every thread Kafka starts for the node; {@link #close()} ends them. Safe for use by many
 * threads.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final String LOG_DIRECTORY = "log";
  private static final String ELIGIBLE_LEADER_REPLICAS = "eligible.leader.replicas.version";
  private static final String FORMAT_MARK = "meta.properties";

  private final KafkaRaftServer server;
  private final DirectoryLock lock;
  private final int port;
  private final AtomicBoolean open = new AtomicBoolean(true);

  private EmbeddedBroker(KafkaRaftServer server, DirectoryLock lock, int port) {
    this.server = server;
    this.lock = lock;
    this.port = port;
  }

  /**
   * Starts the node and returns when it accepts clients.
   *
   * @param dataDirectory where the broker keeps its log; created when absent, kept when the broker
   *     stops
   * @param wantedPort the port clients connect to, on 127.0.0.1; 0 picks a free one
   * @throws StartupException when the port is taken, the data directory is in use or unwritable, or
   *     Kafka refuses to start on it
   */
  public static EmbeddedBroker start(Path dataDirectory, int wantedPort) {
    Path directory = dataDirectory.toAbsolutePath().normalize();
    DirectoryLock lock = DirectoryLock.acquire(directory);
    boolean started = false;
    try {
      LoopbackPorts.Pair ports = claim(wantedPort);
      KafkaRaftServer server = startServer(directory.resolve(LOG_DIRECTORY), ports);
      started = true;
      int port = ports.first();
      LOG.atInfo().addKeyValue("port", port).addKeyValue("data", directory).log("broker started");
      return new EmbeddedBroker(server, lock, port);
    } finally {
      if (!started) {
        release(lock);
      }
    }
  }

  /** Where clients connect, as {@code host:port}. */
  public String bootstrapServers() {
    return LoopbackPorts.HOST + ":" + port;
  }

  /** Stops the node and waits until its files are closed. Does nothing the second time. */
  @Override
  public void close() {
    if (!open.getAndSet(false)) {
      return;
    }
    try {
      server.shutdown();
      server.awaitShutdown();
    } finally {
      release(lock);
    }
    LOG.atInfo().addKeyValue("port", port).log("broker stopped");
  }

  /*
   * Kafka reports a taken port only after half the node is up, and its controller then ends the
   * process. So ports are tried first; the short race that is left ends in Kafka's own message.
   */
  private static LoopbackPorts.Pair claim(int wanted) {
    return LoopbackPorts.pair(wanted)
        .orElseThrow(
            () ->
                new StartupException(
                    "--port: expected a free port on %s, found %d taken; stop its listener or choose"
                            .formatted(LoopbackPorts.HOST, wanted)
                        + " another port, 0 for any"));
  }

  private static KafkaRaftServer startServer(Path logDirectory, LoopbackPorts.Pair ports) {
    Map<String, String> properties =
        BrokerProperties.of(logDirectory, ports.first(), ports.second());
    try {
      if (!Files.exists(logDirectory.resolve(FORMAT_MARK))) {
        format(logDirectory);
      } else if (KilledBroker.lastRanOn(logDirectory)) {
        KilledBroker.fence(logDirectory, ports);
      }
      KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
      startup(server);
      return server;
    } catch (StartupException e) {
      throw e;
    } catch (Exception e) {
      throw new StartupException(
          "embedded broker did not start on " + logDirectory + ": " + e.getMessage(), e);
    }
  }

  private static void startup(KafkaRaftServer server) {
    boolean started = false;
    try {
      server.startup();
      started = true;
    } finally {
      if (!started) {
        server.shutdown();
      }
    }
  }

  private static void format(Path logDirectory) throws Exception {
    Files.createDirectories(logDirectory);
    try (PrintStream silent =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(silent)
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(BrokerProperties.NODE_ID)
          .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
          .addDirectory(logDirectory.toString())
          .setMetadataLogDirectory(logDirectory.toString())
          // With one replica there is nobody else to elect: after an unclean stop the only one must
          // lead again at once, and never count as unfit to.
          .setFeatureLevel(ELIGIBLE_LEADER_REPLICAS, (short) 0)
          .run();
    }
  }

  private static void release(DirectoryLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("could not release the lock of the broker's data directory", e);
    }
  }
}
