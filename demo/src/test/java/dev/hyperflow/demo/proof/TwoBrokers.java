package dev.hyperflow.demo.proof;

import dev.hyperflow.server.SelfSigned;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.Uuid;

/**
 * A cluster of two brokers, each a process, of which the second may be killed. Applications speak
 * TLS with them, tests do not.
 *
 * @param first the broker that is the controller, too
 * @param second the other one
 */
record TwoBrokers(Node first, Node second, SelfSigned certificate) implements AutoCloseable {

  static final int REPLICAS = 2;

  private static final String HOST = "127.0.0.1";

  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("auto.create.topics.enable", "false"),
          Map.entry("default.replication.factor", Integer.toString(REPLICAS)),
          Map.entry("offsets.topic.replication.factor", Integer.toString(REPLICAS)),
          Map.entry("offsets.topic.num.partitions", "4"),
          Map.entry("transaction.state.log.replication.factor", Integer.toString(REPLICAS)),
          Map.entry("transaction.state.log.num.partitions", "4"),
          Map.entry("transaction.state.log.min.isr", "1"),
          Map.entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000"),
          Map.entry("log.index.size.max.bytes", "1048576"),
          Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
          Map.entry("group.initial.rebalance.delay.ms", "0"),
          Map.entry("group.streams.initial.rebalance.delay.ms", "0"),
          Map.entry("group.min.session.timeout.ms", "1000"),
          Map.entry("group.streams.min.session.timeout.ms", "1000"),
          Map.entry("group.streams.min.heartbeat.interval.ms", "200"),
          Map.entry("broker.session.timeout.ms", "2000"),
          Map.entry("broker.heartbeat.interval.ms", "500"),
          Map.entry("num.network.threads", "2"),
          Map.entry("num.io.threads", "4"));

  /** A broker and its ports. */
  private record Node(BrokerProcess process, int plain, int tls) {}

  static TwoBrokers start(Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    SelfSigned certificate = SelfSigned.in(directory);
    String clusterId = Uuid.randomUuid().toString();
    int controller = Ports.free();
    return new TwoBrokers(
        node(1, directory, certificate, clusterId, controller),
        node(2, directory, certificate, clusterId, controller),
        certificate);
  }

  private static Node node(
      int id, Path directory, SelfSigned certificate, String clusterId, int controller)
      throws IOException {
    int plain = Ports.free();
    int tls = Ports.free();
    String clients = "PLAINTEXT://%s:%d,SSL://%s:%d".formatted(HOST, plain, HOST, tls);
    Properties settings = new Properties();
    settings.put("node.id", Integer.toString(id));
    settings.put("process.roles", id == 1 ? "broker,controller" : "broker");
    settings.put(
        "listeners",
        id == 1 ? clients + ",CONTROLLER://%s:%d".formatted(HOST, controller) : clients);
    settings.put("advertised.listeners", clients);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("controller.quorum.voters", "1@%s:%d".formatted(HOST, controller));
    settings.put(
        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,SSL:SSL,CONTROLLER:PLAINTEXT");
    settings.put("log.dirs", directory.resolve("node-" + id).toString());
    settings.put("ssl.keystore.type", "PKCS12");
    settings.put("ssl.keystore.location", certificate.store().toString());
    settings.put("ssl.keystore.password", SelfSigned.PASSWORD);
    settings.put("ssl.key.password", SelfSigned.PASSWORD);
    settings.putAll(SETTINGS);
    Path file = directory.resolve("node-" + id + ".properties");
    try (Writer out = Files.newBufferedWriter(file)) {
      settings.store(out, null);
    }
    return new Node(BrokerProcess.start(directory, "node-" + id, file, clusterId), plain, tls);
  }

  /** Where tests connect. */
  String bootstrapServers() {
    return HOST + ":" + first.plain + "," + HOST + ":" + second.plain;
  }

  /** The broker that may be killed. */
  BrokerProcess mortal() {
    return second.process;
  }

  /** What an application needs to connect. */
  Map<String, String> settings() {
    return Map.of(
        "bootstrap.servers",
        HOST + ":" + first.tls + "," + HOST + ":" + second.tls,
        "kafka.security.protocol",
        "SSL",
        "kafka.ssl.truststore.type",
        "PEM",
        "kafka.ssl.truststore.location",
        certificate.certificate().toString());
  }

  @Override
  public void close() {
    second.process.close();
    first.process.close();
  }
}
