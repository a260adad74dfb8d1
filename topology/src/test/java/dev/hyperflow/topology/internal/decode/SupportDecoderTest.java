package dev.hyperflow.topology.internal.decode;

import static dev.hyperflow.topology.internal.decode.Decoding.TENANT;
import static dev.hyperflow.topology.internal.decode.Decoding.TIME;
import static dev.hyperflow.topology.internal.decode.Decoding.accepted;
import static dev.hyperflow.topology.internal.decode.Decoding.features;
import static dev.hyperflow.topology.internal.decode.Decoding.giving;
import static dev.hyperflow.topology.internal.decode.Decoding.record;
import static dev.hyperflow.topology.internal.decode.Decoding.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.TenantSettings;
import dev.hyperflow.events.FeaturesPayload;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TextPayload;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SupportDecoderTest {
  private static final ExampleTerms ORDINARY = ExampleTerms.ORDINARY;

  @Test
  void shouldDecodeAnExample() {
    assertThat(
            decode(
                event(SupportOperation.ADD)
                    .setLabel("billing")
                    .setPayload(new FeaturesPayload(List.of(1f, 2f)))))
        .isEqualTo(
            accepted(new Event.Add(TENANT, TIME, "e1", "billing", ORDINARY, features(1, 2))));
  }

  @Test
  void shouldGiveNamesTheirNormalForm() {
    assertThat(
            decode(
                event(SupportOperation.ADD)
                    .setEventId("e1 ")
                    .setLabel("cafe\u0301 ")
                    .setPayload(new FeaturesPayload(List.of(1f, 2f)))))
        .isEqualTo(
            accepted(new Event.Add(TENANT, TIME, "e1", "caf\u00E9", ORDINARY, features(1, 2))));
  }

  @Test
  void shouldKeepWeightAndExpiryOfAnExample() {
    assertThat(
            decode(
                event(SupportOperation.ADD)
                    .setLabel("billing")
                    .setPayload(new TextPayload("charged twice"))
                    .setWeight(0.25f)
                    .setExpiresAtEpochMillis(TIME + 1)))
        .isEqualTo(
            accepted(
                new Event.Add(
                    TENANT,
                    TIME,
                    "e1",
                    "billing",
                    new ExampleTerms(0.25f, TIME + 1),
                    new Payload.Text("charged twice"))));
  }

  @Test
  void shouldDecodeFeaturesWithTheTextThatTheyWereMadeFrom() {
    assertThat(
            decode(
                event(SupportOperation.ADD)
                    .setLabel("billing")
                    .setPayload(new FeaturesPayload(List.of(1f, 2f)))
                    .setText("charged twice")))
        .isEqualTo(
            accepted(
                new Event.Add(
                    TENANT,
                    TIME,
                    "e1",
                    "billing",
                    ORDINARY,
                    new Payload.Features(
                        FeatureVector.of(new float[] {1, 2}), Optional.of("charged twice")))));
    assertThat(
            decode(
                event(SupportOperation.ADD)
                    .setLabel("billing")
                    .setPayload(new TextPayload("charged twice"))
                    .setText("charged twice")))
        .isEqualTo(
            refused(
                Reason.UNDECODABLE,
                "text: expected none beside a payload that is a text, found one"));
  }

  @Test
  void shouldDecodeADescription() {
    assertThat(
            decode(
                event(SupportOperation.DESCRIBE_LABEL)
                    .setLabel("billing")
                    .setPayload(new TextPayload("Questions about invoices"))))
        .isEqualTo(
            accepted(
                new Event.Describe(
                    TENANT,
                    TIME,
                    "e1",
                    "billing",
                    ORDINARY,
                    new Payload.Text("Questions about invoices"))));
  }

  @Test
  void shouldDecodeFeedback() {
    assertThat(decode(event(SupportOperation.FEEDBACK).setLabel("billing").setQueryId("q7")))
        .isEqualTo(accepted(new Event.Feedback(TENANT, TIME, "e1", "q7", "billing", ORDINARY)));
  }

  @Test
  void shouldDecodeRemovals() {
    assertThat(decode(event(SupportOperation.RETRACT).setTargetEventId("e0")))
        .isEqualTo(accepted(new Event.Retract(TENANT, TIME, "e0")));
    assertThat(decode(event(SupportOperation.FORGET_LABEL).setLabel("billing")))
        .isEqualTo(accepted(new Event.ForgetLabel(TENANT, TIME, "billing")));
    assertThat(decode(event(SupportOperation.FORGET_TENANT)))
        .isEqualTo(accepted(new Event.ForgetTenant(TENANT, TIME)));
  }

  @Test
  void shouldDecodeChangesOfLabels() {
    assertThat(
            decode(
                event(SupportOperation.RENAME_LABEL).setLabel("billing").setTargetLabel("bills")))
        .isEqualTo(accepted(new Event.RenameLabel(TENANT, TIME, "billing", "bills")));
    assertThat(
            decode(
                event(SupportOperation.MERGE_LABELS).setLabel("billing").setTargetLabel("refund")))
        .isEqualTo(accepted(new Event.MergeLabels(TENANT, TIME, "billing", "refund")));
    assertThat(decode(event(SupportOperation.MERGE_LABELS).setLabel("billing")))
        .isEqualTo(
            refused(
                Reason.MISSING_FIELD,
                "targetLabel: expected a value for MERGE_LABELS, found null"));
  }

  @Test
  void shouldForgetTheTenantOfANullValue() {
    assertThat(
            new SupportDecoder(giving(null))
                .decode(record("support", TENANT.getBytes(UTF_8), null), new RecordHeaders()))
        .isEqualTo(accepted(new Event.ForgetTenant(TENANT, TIME)));
  }

  @Test
  void shouldDecodeSettings() {
    assertThat(
            decode(
                event(SupportOperation.CONFIGURE)
                    .setSettings(dev.hyperflow.events.TenantSettings.newBuilder().build())))
        .isEqualTo(accepted(new Event.Configure(TENANT, TIME, TenantSettings.DEFAULTS)));
  }

  @ParameterizedTest
  @CsvSource({
    "ADD, label",
    "DESCRIBE_LABEL, label",
    "FEEDBACK, label",
    "FORGET_LABEL, label",
    "RENAME_LABEL, label",
    "MERGE_LABELS, label",
    "RETRACT, targetEventId",
    "CONFIGURE, settings"
  })
  void shouldNameTheFieldThatAnOperationLacks(SupportOperation operation, String field) {
    assertThat(decode(event(operation)))
        .isEqualTo(
            refused(
                Reason.MISSING_FIELD,
                "%s: expected a value for %s, found null".formatted(field, operation)));
  }

  @ParameterizedTest
  @CsvSource({"ADD, payload", "DESCRIBE_LABEL, payload", "FEEDBACK, queryId"})
  void shouldNameTheFieldThatAnOperationLacksBesideItsLabel(
      SupportOperation operation, String field) {
    assertThat(decode(event(operation).setLabel("billing")))
        .isEqualTo(
            refused(
                Reason.MISSING_FIELD,
                "%s: expected a value for %s, found null".formatted(field, operation)));
  }

  @Test
  void shouldRefuseAnExampleWithoutFeatures() {
    assertThat(
            decode(
                event(SupportOperation.ADD)
                    .setLabel("billing")
                    .setPayload(new FeaturesPayload(List.of()))))
        .isEqualTo(
            refused(Reason.MALFORMED_FEATURES, "payload.values: expected features, found none"));
  }

  @Test
  void shouldRefuseAnOperationOfANewerVersion() {
    assertThat(decode(event(SupportOperation.UNKNOWN)))
        .isEqualTo(
            refused(
                Reason.UNKNOWN_OPERATION,
                "operation: expected one of this version's operations, found a newer one"));
  }

  private static SupportEvent.Builder event(SupportOperation operation) {
    return SupportEvent.newBuilder().setEventId("e1").setOperation(operation);
  }

  private static Decoded decode(SupportEvent.Builder event) {
    return Decoding.decode(new SupportDecoder(giving(event.build())));
  }
}
