package dev.hyperflow.demo.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hyperflow.demo.scenario.StreamKind;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.schemas.PackedFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;

/**
 * An endless sequence of records for a few dozen tenants, a function of its seed: examples, some
 * sent twice, replaced, retracted; labels and tenants forgotten; queries; records that are broken
 * in many ways. Keeps a {@link ReferenceMemory} in step. For use by one thread at a time.
 */
final class Load {

  static final int TENANTS = 24;
  private static final int LABELS = 6;

  /** Event ids come from a small pool, so that most examples replace an earlier one in the end. */
  private static final int EVENT_IDS = 30;

  /**
   * How large the load is.
   *
   * @param dimension of all features
   * @param labels of the first tenant, and no fewer than of the others
   * @param eventIds of the first tenant's examples
   */
  record Shape(int dimension, int labels, int eventIds) {

    static final Shape SMALL = new Shape(8, LABELS, 0);

    /** The first tenant has as many labels and examples as the default settings allow. */
    static final Shape ONE_LARGE_TENANT = new Shape(512, 150, 1024);
  }

  private static final double NOISE = 0.6;

  private final Random random;
  private final BiFunction<StreamKind, SpecificRecord, byte[]> serializer;
  private final ReferenceMemory memory;
  private final Shape shape;
  private final float[][] centres;
  private final List<IntFunction<Piece>> breakages =
      List.of(
          this::garbage,
          this::brokenQuery,
          this::nullKey,
          this::wrongDimension,
          this::notFinite,
          this::textWithoutEncoder,
          this::withoutLabel);
  private Piece lastExample;
  private int queries;

  /**
   * A load.
   *
   * @param serializer makes record values
   * @param memory what to keep in step with the support events
   */
  Load(
      Shape shape,
      long seed,
      BiFunction<StreamKind, SpecificRecord, byte[]> serializer,
      ReferenceMemory memory) {
    this.shape = shape;
    this.centres = new float[shape.labels][shape.dimension];
    this.random = new Random(seed);
    this.serializer = serializer;
    this.memory = memory;
    for (float[] centre : centres) {
      for (int d = 0; d < shape.dimension; d++) {
        centre[d] = (float) random.nextGaussian();
      }
    }
  }

  /** All examples of the first tenant, to be sent before anything else. */
  List<Piece> largeTenant() {
    return IntStream.range(0, shape.eventIds)
        .mapToObj(id -> example(0, id % shape.labels, id))
        .toList();
  }

  /** The next record. */
  Piece next() {
    int tenant = random.nextInt(TENANTS);
    int kind = random.nextInt(1000);
    if (kind < 500) {
      return query(tenant);
    }
    if (kind < 800) {
      return example(tenant);
    }
    if (kind < 850) {
      // The same record again. It comes right after, so the memory stays as it is.
      return lastExample == null ? example(tenant) : lastExample;
    }
    if (kind < 935) {
      return retraction(tenant);
    }
    if (kind < 945) {
      return forgottenLabel(tenant);
    }
    if (kind < 948) {
      return forgottenTenant(tenant);
    }
    return breakages.get(random.nextInt(breakages.size())).apply(tenant);
  }

  /** A query of every tenant. */
  List<Piece> queryOfEveryTenant() {
    List<Piece> round = new ArrayList<>();
    for (int tenant = 0; tenant < TENANTS; tenant++) {
      round.add(query(tenant));
    }
    return round;
  }

  /** All tenants. */
  static List<String> tenants() {
    return IntStream.range(0, TENANTS).mapToObj(Load::tenant).toList();
  }

  static String tenant(int number) {
    return "tenant-" + number;
  }

  ReferenceMemory memory() {
    return memory;
  }

  private Piece query(int tenant) {
    String id = "q" + queries++;
    return Piece.query(key(tenant), bytes(queryOf(id, features(random.nextInt(LABELS)))), id);
  }

  private Piece example(int tenant) {
    return example(
        tenant,
        random.nextInt(tenant == 0 ? shape.labels : LABELS),
        random.nextInt(tenant == 0 ? Math.max(EVENT_IDS, shape.eventIds) : EVENT_IDS));
  }

  private Piece example(int tenant, int label, int eventId) {
    String id = "e" + eventId;
    float weight = random.nextInt(4) == 0 ? 0.25f + random.nextFloat() : 1;
    float[] features = features(label);
    memory.add(tenant(tenant), id, labelName(label), weight, features);
    lastExample =
        Piece.support(key(tenant), bytes(exampleOf(id, labelName(label), weight, features)));
    return lastExample;
  }

  private Piece retraction(int tenant) {
    String id = "e" + random.nextInt(EVENT_IDS);
    memory.retract(tenant(tenant), id);
    lastExample = null;
    return Piece.support(
        key(tenant), bytes(support("r", SupportOperation.RETRACT).setTargetEventId(id).build()));
  }

  private Piece forgottenLabel(int tenant) {
    String label = labelName(random.nextInt(LABELS));
    memory.forgetLabel(tenant(tenant), label);
    lastExample = null;
    return Piece.support(
        key(tenant), bytes(support("f", SupportOperation.FORGET_LABEL).setLabel(label).build()));
  }

  private Piece forgottenTenant(int tenant) {
    memory.forgetTenant(tenant(tenant));
    lastExample = null;
    return Piece.support(
        key(tenant),
        random.nextBoolean() ? null : bytes(support("f", SupportOperation.FORGET_TENANT).build()));
  }

  private Piece garbage(int tenant) {
    byte[] value = new byte[random.nextInt(40)];
    random.nextBytes(value);
    return Piece.broken(either(), key(tenant), value);
  }

  private Piece brokenQuery(int tenant) {
    byte[] value = bytes(queryOf("cut", features(0)));
    return Piece.broken(StreamKind.QUERIES, key(tenant), Arrays.copyOf(value, value.length / 2));
  }

  private Piece nullKey(int tenant) {
    return Piece.broken(StreamKind.QUERIES, null, bytes(queryOf("keyless", features(0))));
  }

  private Piece wrongDimension(int tenant) {
    return Piece.broken(
        StreamKind.SUPPORT,
        key(tenant),
        bytes(exampleOf("wrong", labelName(0), 1, new float[shape.dimension + 1])));
  }

  private Piece notFinite(int tenant) {
    float[] features = features(0);
    features[random.nextInt(shape.dimension)] = random.nextBoolean() ? Float.NaN : 1 / 0f;
    return Piece.broken(StreamKind.QUERIES, key(tenant), bytes(queryOf("nan", features)));
  }

  private Piece textWithoutEncoder(int tenant) {
    return Piece.broken(
        StreamKind.QUERIES,
        key(tenant),
        bytes(
            QueryEvent.newBuilder()
                .setQueryId("text")
                .setPayload(new TextPayload("a text, and no encoder"))
                .build()));
  }

  private Piece withoutLabel(int tenant) {
    return Piece.broken(
        StreamKind.SUPPORT, key(tenant), bytes(exampleOf("bare", null, 1, features(0))));
  }

  private StreamKind either() {
    return random.nextBoolean() ? StreamKind.SUPPORT : StreamKind.QUERIES;
  }

  private float[] features(int label) {
    float[] features = new float[shape.dimension];
    for (int d = 0; d < shape.dimension; d++) {
      features[d] = (float) (centres[label][d] + NOISE * random.nextGaussian());
    }
    return features;
  }

  private byte[] bytes(SupportEvent event) {
    return serializer.apply(StreamKind.SUPPORT, event);
  }

  private byte[] bytes(QueryEvent event) {
    return serializer.apply(StreamKind.QUERIES, event);
  }

  private static byte[] key(int tenant) {
    return tenant(tenant).getBytes(UTF_8);
  }

  private static String labelName(int label) {
    return "label-" + label;
  }

  private static SupportEvent exampleOf(String id, String label, float weight, float[] features) {
    return support(id, SupportOperation.ADD)
        .setLabel(label)
        .setWeight(weight)
        .setPayload(PackedFeatures.pack(features))
        .build();
  }

  private static SupportEvent.Builder support(String id, SupportOperation operation) {
    return SupportEvent.newBuilder().setEventId(id).setOperation(operation);
  }

  private static QueryEvent queryOf(String id, float[] features) {
    return QueryEvent.newBuilder().setQueryId(id).setPayload(PackedFeatures.pack(features)).build();
  }
}
