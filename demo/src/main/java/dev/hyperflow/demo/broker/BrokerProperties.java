package dev.hyperflow.demo.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The configuration of a one-node KRaft cluster that starts fast, stays small and is reachable from
 * this machine only.
 */
final class BrokerProperties {

  static final int NODE_ID = 1;

  /** After so long without a heartbeat the controller takes the broker for dead. */
  static final int SESSION_TIMEOUT_MILLIS = 2000;

  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final String CLIENT_LISTENER = "PLAINTEXT";
  private static final String INTERNAL_TOPIC_PARTITIONS = "4";

  private BrokerProperties() {}

  static Map<String, String> of(Path logDirectory, int clientPort, int controllerPort) {
    String client = CLIENT_LISTENER + "://" + LoopbackPorts.HOST + ":" + clientPort;
    String controller = CONTROLLER_LISTENER + "://" + LoopbackPorts.HOST + ":" + controllerPort;
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put("log.dirs", logDirectory.toString());
    settings.put("listeners", client + "," + controller);
    settings.put("advertised.listeners", client);
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put(
        "controller.quorum.voters", NODE_ID + "@" + LoopbackPorts.HOST + ":" + controllerPort);
    settings.put(
        "listener.security.protocol.map",
        CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    settings.put("auto.create.topics.enable", "false");
    singleReplica(settings);
    quickStart(settings);
    keepForever(settings);
    return Map.copyOf(settings);
  }

  /** The same node as a controller without its broker. */
  static Map<String, String> ofControllerAlone(
      Path logDirectory, int clientPort, int controllerPort) {
    Map<String, String> settings = new HashMap<>(of(logDirectory, clientPort, controllerPort));
    settings.put("process.roles", "controller");
    settings.put(
        "listeners", CONTROLLER_LISTENER + "://" + LoopbackPorts.HOST + ":" + controllerPort);
    settings.remove("advertised.listeners");
    return Map.copyOf(settings);
  }

  /** One node: every internal topic has one replica, and needs no other in sync. */
  private static void singleReplica(Map<String, String> settings) {
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
  }

  /** A demo that goes on after weeks must find its records, offsets and transactional ids. */
  private static void keepForever(Map<String, String> settings) {
    settings.put("log.retention.ms", "-1");
    settings.put("offsets.retention.minutes", Integer.toString(Integer.MAX_VALUE));
    // Milliseconds in an int: 24 days. An id that is gone by then is simply made anew.
    settings.put("transactional.id.expiration.ms", Integer.toString(Integer.MAX_VALUE));
  }

  private static void quickStart(Map<String, String> settings) {
    settings.put("offsets.topic.num.partitions", INTERNAL_TOPIC_PARTITIONS);
    settings.put("transaction.state.log.num.partitions", INTERNAL_TOPIC_PARTITIONS);
    settings.put("share.coordinator.state.topic.num.partitions", INTERNAL_TOPIC_PARTITIONS);
    settings.put("transaction.state.log.segment.bytes", "1048576");
    settings.put("offsets.topic.segment.bytes", "1048576");
    // Index files are allocated in full when a segment opens: 10 MiB each by default.
    settings.put("log.index.size.max.bytes", "1048576");
    settings.put("log.cleaner.dedupe.buffer.size", "4194304");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("group.streams.initial.rebalance.delay.ms", "0");
    // Lower limits only; defaults are Kafka's. An application that was killed may ask to be missed
    // sooner than after 6 s, or 45 s with the streams protocol.
    settings.put("group.min.session.timeout.ms", "1000");
    settings.put("group.streams.min.session.timeout.ms", "1000");
    settings.put("group.streams.min.heartbeat.interval.ms", "200");
    settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
    // After kill -9 the node must find itself dead before it may register again: 9 s by default.
    settings.put("broker.session.timeout.ms", Integer.toString(SESSION_TIMEOUT_MILLIS));
    settings.put("broker.heartbeat.interval.ms", "500");
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    settings.put("controlled.shutdown.enable", "false");
  }
}
