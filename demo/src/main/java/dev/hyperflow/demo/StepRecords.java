package dev.hyperflow.demo;

import dev.hyperflow.demo.scenario.ScenarioStep;
import dev.hyperflow.demo.scenario.StreamKind;
import dev.hyperflow.events.FeaturesPayload;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.topology.internal.config.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Turns steps into records as a customer's own producer would write them, and into records that no
 * producer should write. Every record says in a header which step it is, so that a demo that was
 * killed knows what it has already sent. Not thread-safe, as its serializer is not.
 */
final class StepRecords implements ScenarioStep.Visitor<ProducerRecord<byte[], byte[]>> {

  private static final String STEP_HEADER = "hyperflow-demo-step";
  private static final int SHIPPED_DIMENSION = 512;
  private static final int WRONG_DIMENSION = 7;
  private static final int OVERLONG = 200_000;
  private static final int GARBAGE_BYTES = 48;

  private final Topics topics;
  private final Serializer<SpecificRecord> serializer;

  StepRecords(Topics topics, Serializer<SpecificRecord> serializer) {
    this.topics = topics;
    this.serializer = serializer;
  }

  /** The record of a step. */
  ProducerRecord<byte[], byte[]> of(ScenarioStep step) {
    ProducerRecord<byte[], byte[]> made = step.accept(this);
    made.headers()
        .add(STEP_HEADER, ByteBuffer.allocate(Integer.BYTES).putInt(step.index()).array());
    return made;
  }

  /** Which step a record with these headers is, if it is one. */
  static OptionalInt indexOf(Headers headers) {
    Header header = headers.lastHeader(STEP_HEADER);
    return header == null || header.value().length != Integer.BYTES
        ? OptionalInt.empty()
        : OptionalInt.of(ByteBuffer.wrap(header.value()).getInt());
  }

  @Override
  public ProducerRecord<byte[], byte[]> support(ScenarioStep.Support step) {
    return keyed(step, example(step.eventId(), SupportOperation.ADD, step.label(), step.text()));
  }

  @Override
  public ProducerRecord<byte[], byte[]> query(ScenarioStep.Query step) {
    return keyed(step, new QueryEvent(step.queryId(), new TextPayload(step.text())));
  }

  @Override
  public ProducerRecord<byte[], byte[]> broken(ScenarioStep.Broken step) {
    return switch (step.breakage()) {
      case GARBAGE_BYTES -> new ProducerRecord<>(topic(step), key(step), garbage());
      case NULL_KEY -> withoutKey(step);
      case EMPTY_TEXT -> keyed(step, withPayload(step, new TextPayload("")));
      case OVERLONG_TEXT ->
          keyed(step, withPayload(step, new TextPayload("help ".repeat(OVERLONG / 5))));
      case NAN_FEATURES -> keyed(step, withPayload(step, features(SHIPPED_DIMENSION, Float.NaN)));
      case WRONG_DIMENSION -> keyed(step, withPayload(step, features(WRONG_DIMENSION, 0.5f)));
      case UNKNOWN_OPERATION ->
          keyed(step, example(id(step), SupportOperation.UNKNOWN, "a-label", "a text"));
    };
  }

  private ProducerRecord<byte[], byte[]> withoutKey(ScenarioStep.Broken step) {
    SpecificRecord sound = withPayload(step, new TextPayload("whose message is this?"));
    // A partition of its own choice would differ from run to run.
    return new ProducerRecord<>(topic(step), 0, null, serializer.serialize(topic(step), sound));
  }

  private ProducerRecord<byte[], byte[]> keyed(ScenarioStep step, SpecificRecord value) {
    return new ProducerRecord<>(topic(step), key(step), serializer.serialize(topic(step), value));
  }

  private String topic(ScenarioStep step) {
    return step.stream() == StreamKind.SUPPORT ? topics.support() : topics.queries();
  }

  private static byte[] key(ScenarioStep step) {
    return step.tenant().getBytes(StandardCharsets.UTF_8);
  }

  private static String id(ScenarioStep.Broken step) {
    return step.tenant() + "-broken-" + step.index();
  }

  private static SpecificRecord withPayload(ScenarioStep.Broken step, SpecificRecord payload) {
    if (step.stream() == StreamKind.QUERIES) {
      return new QueryEvent(id(step), payload);
    }
    return SupportEvent.newBuilder()
        .setEventId(id(step))
        .setOperation(SupportOperation.ADD)
        .setLabel("a-label")
        .setPayload(payload)
        .build();
  }

  private static SupportEvent example(
      String id, SupportOperation operation, String label, String text) {
    return SupportEvent.newBuilder()
        .setEventId(id)
        .setOperation(operation)
        .setLabel(label)
        .setPayload(new TextPayload(text))
        .build();
  }

  private static FeaturesPayload features(int dimension, float last) {
    List<Float> values = new ArrayList<>(Collections.nCopies(dimension, 0.1f));
    values.set(dimension - 1, last);
    return new FeaturesPayload(values);
  }

  /** Not even the wire format's first byte is right. */
  private static byte[] garbage() {
    byte[] bytes = new byte[GARBAGE_BYTES];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (0x7f - i);
    }
    return bytes;
  }
}
