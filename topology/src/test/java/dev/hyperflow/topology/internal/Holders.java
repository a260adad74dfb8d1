package dev.hyperflow.topology.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hyperflow.topology.internal.state.StoreNames;
import dev.hyperflow.topology.testing.TestBroker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Which stores, and which topics that an application wrote, hold a text in a key or a value. */
final class Holders {
  private static final List<String> STORES =
      List.of(
          StoreNames.SUPPORT_MEMORY,
          StoreNames.TENANT_META,
          StoreNames.EXAMPLE_INDEX,
          StoreNames.RECENT_QUERIES,
          StoreNames.TENANT_ACTIVITY,
          StoreNames.HEADS,
          StoreNames.INBOX);

  private Holders() {}

  /** Their names, each after what it is. */
  static Set<String> of(BrokerFixture app, KafkaStreams streams, String text) throws Exception {
    Set<String> holders = new TreeSet<>();
    for (String store : STORES) {
      if (storeHolds(streams, store, text)) {
        holders.add("store " + store);
      }
    }
    Set<String> inputs = Set.of(app.topic("support"), app.topic("queries"));
    try (Admin admin = TestBroker.admin()) {
      for (String topic : admin.listTopics().names().get()) {
        if (topic.startsWith(app.applicationId())
            && !inputs.contains(topic)
            && topicHolds(topic, text)) {
          holders.add("topic " + topic);
        }
      }
    }
    return holders;
  }

  private static boolean storeHolds(KafkaStreams streams, String name, String text) {
    ReadOnlyKeyValueStore<Bytes, byte[]> store =
        streams.store(
            StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
    try (KeyValueIterator<Bytes, byte[]> entries = store.all()) {
      while (entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        if (contains(entry.key.get(), text) || contains(entry.value, text)) {
          return true;
        }
      }
    }
    return false;
  }

  /** A changelog holds what compaction leaves: the keys whose last value is not null. */
  private static boolean topicHolds(String topic, String text) {
    Map<String, ConsumerRecord<byte[], byte[]>> left = new LinkedHashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : TestBroker.committed(topic)) {
      left.put(
          topic.endsWith("-changelog") || topic.endsWith("-heads") || topic.endsWith("-quality")
              ? record.partition() + "/" + new String(record.key(), ISO_8859_1)
              : record.partition() + "@" + record.offset(),
          record);
    }
    return left.values().stream()
        .filter(record -> record.value() != null)
        .anyMatch(record -> contains(record.key(), text) || contains(record.value(), text));
  }

  static boolean contains(byte[] bytes, String text) {
    return bytes != null
        && new String(bytes, ISO_8859_1).contains(new String(text.getBytes(UTF_8), ISO_8859_1));
  }
}
