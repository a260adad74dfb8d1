package dev.hyperflow.topology.internal.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.hyperflow.topology.internal.mapping.FieldPath.Found;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.RandomData;

/** Paths and conversions, for anything that may stand in a record. */
class MappingProperties {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Any names but those that a quoted step cannot spell. */
  @Provide
  Arbitrary<List<String>> names() {
    return Arbitraries.strings()
        .all()
        .ofMinLength(1)
        .ofMaxLength(8)
        .filter(name -> !name.contains("'") && Conversions.isText(name))
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  @Property
  void shouldFindAnyTextUnderAnyNames(
      @ForAll("names") List<String> names, @ForAll @StringLength(max = 20) String text) {
    ObjectNode root = NODES.objectNode();
    ObjectNode at = root;
    StringBuilder path = new StringBuilder("value");
    for (int i = 0; i < names.size(); i++) {
      path.append("['").append(names.get(i)).append("']");
      if (i + 1 < names.size()) {
        at = at.putObject(names.get(i));
      } else {
        at.put(names.get(i), text);
      }
    }

    JsonNode read = JsonTree.read(root.toString().getBytes(UTF_8));
    Found found = FieldPath.parse(path.toString()).find(read);

    if (Conversions.isText(text)) {
      assertThat(found).isEqualTo(new Found.Nodes(List.of(TextNode.valueOf(text))));
      assertThat(Conversions.text(TextNode.valueOf(text))).contains(text);
    } else {
      // A half of a pair would share its bytes with others
      assertThat(Conversions.text(TextNode.valueOf(text))).isEmpty();
    }
  }

  @Property
  void shouldNeverThrowForAnyPathIntoAnyRecord(@ForAll("paths") FieldPath path, @ForAll long seed) {
    Found found = path.find(tree(new Random(seed), 4));

    if (found instanceof Found.Nodes nodes) {
      assertThat(nodes.nodes()).isNotEmpty().noneMatch(JsonNode::isNull);
      for (JsonNode node : nodes.nodes()) {
        Conversions.text(node).ifPresent(text -> assertThat(Conversions.isText(text)).isTrue());
        Conversions.number(node);
        Conversions.vector(node);
        for (EpochUnit unit : EpochUnit.values()) {
          Conversions.millis(node, unit)
              .ifPresent(millis -> assertThat(millis).isBetween(0L, Conversions.LAST_MILLIS));
        }
      }
    }
  }

  @Provide
  Arbitrary<FieldPath> paths() {
    return Arbitraries.of(".a", ".b", "[0]", "[-1]", "[*]", "['a']")
        .list()
        .ofMaxSize(5)
        .map(steps -> FieldPath.parse("value" + String.join("", steps)));
  }

  private static JsonNode tree(Random random, int depth) {
    int kind = random.nextInt(depth == 0 ? 7 : 10);
    if (kind > 7) {
      ObjectNode object = NODES.objectNode();
      object.set("a", tree(random, depth - 1));
      object.set("b", tree(random, depth - 1));
      return object;
    }
    if (kind == 7) {
      ArrayNode array = NODES.arrayNode();
      for (int i = random.nextInt(4); i > 0; i--) {
        array.add(tree(random, depth - 1));
      }
      return array;
    }
    return leaf(random, kind);
  }

  private static JsonNode leaf(Random random, int kind) {
    String[] texts = {"", " ", "a", "\ud800", "12", "1e999999999", "2026-11-30", "9".repeat(80)};
    double[] numbers = {Double.NaN, Double.NEGATIVE_INFINITY, -1.5, 0, 1e300};
    return switch (kind) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.textNode(texts[random.nextInt(texts.length)]);
      case 2 -> NODES.numberNode(random.nextLong());
      case 3 -> NODES.numberNode(numbers[random.nextInt(numbers.length)]);
      case 4 -> NODES.numberNode(new BigDecimal("1e" + random.nextInt() / 2));
      case 5 -> NODES.binaryNode(new byte[] {1});
      default -> NODES.booleanNode(random.nextBoolean());
    };
  }

  @Property
  void shouldKeepEveryDigitOfANumber(@ForAll BigInteger whole) {
    JsonNode read = JsonTree.read(whole.toString().getBytes(UTF_8));
    Optional<String> text = Conversions.text(read);

    // A number of an absurd length is no name
    assertThat(text.orElse(whole.toString())).isEqualTo(whole.toString());
    assertThat(text.isPresent()).isEqualTo(whole.abs().toString().length() <= 64);
    assertThat(Conversions.name(read)).isEqualTo(text);
  }

  @Property
  void shouldReadAnInstantInEveryUnit(@ForAll @LongRange(max = 253_402_300_799_999L) long millis) {
    BigDecimal exact = BigDecimal.valueOf(millis);
    for (EpochUnit unit : EpochUnit.values()) {
      BigDecimal number = exact.divide(unit.millis(), 9, RoundingMode.UNNECESSARY);
      JsonNode asNumber = JsonTree.read(number.toPlainString().getBytes(UTF_8));
      JsonNode asText = NODES.textNode(number.toPlainString());

      assertThat(Conversions.millis(asNumber, unit)).contains(millis);
      assertThat(Conversions.millis(asText, unit)).contains(millis);
    }
    assertThat(
            Conversions.millis(
                NODES.textNode(Instant.ofEpochMilli(millis).toString()), EpochUnit.SECONDS))
        .contains(millis);
  }

  @Property
  void shouldReadIsoTimesWithAnyOffset(
      @ForAll @LongRange(min = 100_000_000, max = 253_000_000_000_000L) long millis,
      @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int minutes) {
    OffsetDateTime time =
        Instant.ofEpochMilli(millis).atOffset(ZoneOffset.ofTotalSeconds(60 * minutes));

    assertThat(
            Conversions.millis(
                NODES.textNode(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time)),
                EpochUnit.MILLIS))
        .contains(millis);
    // Without an offset it could be any of a day
    assertThat(
            Conversions.millis(NODES.textNode(time.toLocalDateTime().toString()), EpochUnit.MILLIS))
        .isEmpty();
  }

  @Property
  void shouldReadAVector(@ForAll @Size(max = 20) List<Float> values) {
    ArrayNode array = NODES.arrayNode();
    values.forEach(array::add);

    float[] read = Conversions.vector(array).orElseThrow();

    assertThat(read).hasSize(values.size());
    for (int i = 0; i < read.length; i++) {
      assertThat(read[i]).isEqualTo(values.get(i));
    }
    assertThat(Conversions.vector(array.add("1"))).isEmpty();
  }

  /** Avro of every type, nested, with unions and logical types. */
  private static Schema everything() {
    Schema millis = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
    Schema micros = LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));
    Schema local = LogicalTypes.localTimestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
    Schema date = LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
    Schema time = LogicalTypes.timeMillis().addToSchema(Schema.create(Schema.Type.INT));
    Schema money = LogicalTypes.decimal(9, 2).addToSchema(Schema.create(Schema.Type.BYTES));
    return SchemaBuilder.record("Everything")
        .fields()
        .requiredString("text")
        .optionalLong("maybe")
        .requiredDouble("number")
        .requiredBoolean("flag")
        .requiredBytes("bytes")
        .name("kind")
        .type()
        .enumeration("Kind")
        .symbols("A", "B")
        .noDefault()
        .name("hash")
        .type()
        .fixed("Hash")
        .size(16)
        .noDefault()
        .name("millis")
        .type(millis)
        .noDefault()
        .name("micros")
        .type(micros)
        .noDefault()
        .name("local")
        .type(local)
        .noDefault()
        .name("date")
        .type(date)
        .noDefault()
        .name("time")
        .type(time)
        .noDefault()
        .name("money")
        .type(money)
        .noDefault()
        .name("map")
        .type()
        .map()
        .values()
        .floatType()
        .noDefault()
        .name("list")
        .type()
        .array()
        .items()
        .nullable()
        .intType()
        .noDefault()
        .endRecord();
  }

  @Property
  void shouldMakeATreeOfAnyAvro(@ForAll long seed) {
    Schema schema = everything();
    for (Object value : new RandomData(schema, 1, seed)) {
      JsonNode tree = AvroTree.of(schema, value);

      GenericData.Record record = (GenericData.Record) value;
      assertThat(tree.get("text").asText()).isEqualTo(record.get("text").toString());
      assertThat(tree.get("kind").asText()).isEqualTo(record.get("kind").toString());
      assertThat(tree.get("maybe").isNull()).isEqualTo(record.get("maybe") == null);
      assertThat(tree.get("list").size()).isEqualTo(((List<?>) record.get("list")).size());
      assertThat(Instant.parse(tree.get("millis").asText()).toEpochMilli())
          .isEqualTo(record.get("millis"));
      assertThat(tree.fieldNames()).toIterable().hasSize(schema.getFields().size());
    }
  }
}
