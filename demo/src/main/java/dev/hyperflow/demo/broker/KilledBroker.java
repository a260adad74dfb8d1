package dev.hyperflow.demo.broker;

import dev.hyperflow.server.time.BoundedWait;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a node that was killed fenced, before it starts again on the same data. */
final class KilledBroker {

  /*
   * A broker that is started within its predecessor's session first believes the metadata of
   * before: that it leads all partitions. Its transaction coordinator loads and resumes what was
   * being committed. Then the controller finds the predecessor dead, and for a moment no partition
   * has a leader. A marker that is about to be sent then is dropped for good, because a partition
   * without a leader counts as deleted. (KRaftMetadataCache.getPartitionLeaderEndpoint gives
   * nothing where TransactionMarkerChannelManager expects a node that is not there.) The
   * transaction is written down as complete. If the marker was for __consumer_offsets, the group's
   * offsets stay pending, and every restart of the application waits for them for ever. Seen with
   * Kafka 4.3.1 in one of about ten kills of broker and application together. More replicas do not
   * have it: there, a leader is always left.
   *
   * So the controller runs alone until it has found the broker dead. That takes no longer: the
   * broker itself would not be admitted before.
   */

  private static final Logger LOG = LoggerFactory.getLogger(KilledBroker.class);
  private static final String CLEAN_MARK = ".kafka_cleanshutdown";
  private static final String FENCED_BROKERS =
      "kafka.controller:type=KafkaController,name=FencedBrokerCount";
  private static final Duration PATIENCE =
      Duration.ofMillis(10L * BrokerProperties.SESSION_TIMEOUT_MILLIS);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private KilledBroker() {}

  /** Whether the last node on formatted data did not stop in good order. */
  static boolean lastRanOn(Path logDirectory) {
    return !Files.exists(logDirectory.resolve(CLEAN_MARK));
  }

  /** Runs the controller until it has found the broker dead. */
  static void fence(Path logDirectory, LoopbackPorts.Pair ports) throws JMException {
    KafkaConfig config =
        new KafkaConfig(
            BrokerProperties.ofControllerAlone(logDirectory, ports.first(), ports.second()), false);
    KafkaRaftServer controller = new KafkaRaftServer(config, Time.SYSTEM);
    try {
      controller.startup();
      awaitFenced();
    } finally {
      controller.shutdown();
      controller.awaitShutdown();
    }
  }

  private static void awaitFenced() throws JMException {
    ObjectName gauge = new ObjectName(FENCED_BROKERS);
    BoundedWait wait = new BoundedWait(PATIENCE, PAUSE);
    try {
      while (fencedBrokers(gauge) < 1) {
        if (!wait.again()) {
          LOG.warn("the killed broker still counts as alive; the new one starts anyway");
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int fencedBrokers(ObjectName gauge) throws JMException {
    try {
      Object count = ManagementFactory.getPlatformMBeanServer().getAttribute(gauge, "Value");
      return ((Number) count).intValue();
    } catch (InstanceNotFoundException e) {
      return 0;
    }
  }
}
