package dev.hyperflow.schemas.serde;

import dev.hyperflow.events.AdaptedHead;
import dev.hyperflow.events.BundleAction;
import dev.hyperflow.events.BundleControl;
import dev.hyperflow.events.DeadLetter;
import dev.hyperflow.events.DeadLetterStage;
import dev.hyperflow.events.FeaturesPayload;
import dev.hyperflow.events.LabelProbability;
import dev.hyperflow.events.PackedType;
import dev.hyperflow.events.Prediction;
import dev.hyperflow.events.PredictionStatus;
import dev.hyperflow.events.QueryConsistency;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TenantQuality;
import dev.hyperflow.events.TenantSettings;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.schemas.PackedFeatures;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** One fixed record of every kind. */
public final class Samples {
  private Samples() {}

  public static SupportEvent add() {
    return SupportEvent.newBuilder()
        .setEventId("e-1")
        .setOperation(SupportOperation.ADD)
        .setLabel("card lost")
        .setPayload(new TextPayload("I can't find my cärd 🙁"))
        .setWeight(0.5f)
        .setExpiresAtEpochMillis(1_900_000_000_000L)
        .build();
  }

  static Map<String, SpecificRecord> all() {
    Map<String, SpecificRecord> samples = new LinkedHashMap<>();
    samples.put("support-add-text", add());
    samples.put(
        "support-retract",
        SupportEvent.newBuilder()
            .setEventId("e-2")
            .setOperation(SupportOperation.RETRACT)
            .setTargetEventId("e-1")
            .build());
    samples.put(
        "support-add-packed",
        SupportEvent.newBuilder()
            .setEventId("e-3")
            .setOperation(SupportOperation.ADD)
            .setLabel("x")
            .setPayload(PackedFeatures.pack(new float[] {1f, -2.5f}, PackedType.FLOAT16))
            .build());
    samples.put(
        "support-add-features-of-a-text",
        SupportEvent.newBuilder()
            .setEventId("e-6")
            .setOperation(SupportOperation.ADD)
            .setLabel("x")
            .setPayload(PackedFeatures.pack(new float[] {1f, -2.5f}, PackedType.FLOAT16))
            .setText("I can't find my cärd 🙁")
            .build());
    samples.put(
        "support-configure",
        SupportEvent.newBuilder()
            .setEventId("e-4")
            .setOperation(SupportOperation.CONFIGURE)
            .setSettings(new TenantSettings(16, QueryConsistency.LATEST, 0.25f, true))
            .build());
    samples.put(
        "support-configure-as-all",
        SupportEvent.newBuilder()
            .setEventId("e-5")
            .setOperation(SupportOperation.CONFIGURE)
            .setSettings(TenantSettings.newBuilder().build())
            .build());
    samples.put(
        "support-rename-label",
        SupportEvent.newBuilder()
            .setEventId("e-7")
            .setOperation(SupportOperation.RENAME_LABEL)
            .setLabel("card lost")
            .setTargetLabel("cärd stolen")
            .build());
    samples.put(
        "support-merge-labels",
        SupportEvent.newBuilder()
            .setEventId("e-8")
            .setOperation(SupportOperation.MERGE_LABELS)
            .setLabel("card lost")
            .setTargetLabel("x")
            .build());
    samples.put(
        "query-features", new QueryEvent("q-1", new FeaturesPayload(List.of(0.25f, -1f, 3.5f))));
    samples.put("query-packed", new QueryEvent("q-2", PackedFeatures.pack(new float[] {1f, 2f})));
    samples.put(
        "prediction",
        Prediction.newBuilder()
            .setQueryId("q-1")
            .setStatus(PredictionStatus.PERSONALISED)
            .setLabel("card lost")
            .setTopLabels(
                List.of(new LabelProbability("card lost", 0.75f), new LabelProbability("x", 0.25f)))
            .setConfidence(0.75f)
            .setInitialLabel("x")
            .setBundleId("minilm-analytic-v0")
            .setSupportFingerprint("00112233445566778899aabbccddeeff")
            .setSupportCount(2)
            .setLabelCount(2)
            .build());
    samples.put(
        "prediction-rate-limited",
        Prediction.newBuilder()
            .setQueryId("q-2")
            .setStatus(PredictionStatus.RATE_LIMITED)
            .setLabel("x")
            .setTopLabels(List.of(new LabelProbability("x", 1f)))
            .setConfidence(1f)
            .setBundleId("minilm-analytic-v0")
            .setSupportFingerprint("00112233445566778899aabbccddeeff")
            .setSupportCount(2)
            .setLabelCount(2)
            .build());
    samples.put(
        "prediction-none-of-these",
        Prediction.newBuilder()
            .setQueryId("q-3")
            .setStatus(PredictionStatus.NONE_OF_THESE)
            .setLabel("x")
            .setTopLabels(List.of(new LabelProbability("x", 1f)))
            .setConfidence(1f)
            .setAbstained(true)
            .setScope(0.125f)
            .setBundleId("minilm-analytic-v0")
            .setSupportFingerprint("00112233445566778899aabbccddeeff")
            .setSupportCount(2)
            .setLabelCount(2)
            .build());
    samples.put(
        "dead-letter",
        DeadLetter.newBuilder()
            .setValue(ByteBuffer.wrap(new byte[] {1, 2, 3}))
            .setSourceTopic("support")
            .setSourcePartition(3)
            .setSourceOffset(42)
            .setSourceTimestampEpochMillis(1_700_000_000_000L)
            .setStage(DeadLetterStage.DECODE)
            .setReason("UNDECODABLE")
            .setMessage("first byte is 0x01; expected 0x00")
            .build());
    samples.put(
        "adapted-head",
        new AdaptedHead(
            "minilm-analytic-v0",
            "00112233445566778899aabbccddeeff",
            2,
            List.of("card lost", "x"),
            1,
            ByteBuffer.wrap(new byte[16])));
    samples.put(
        "tenant-quality",
        new TenantQuality("minilm-analytic-v0", 300L, 0.5f, 0.75f, true, 2L, 1_700_000_000_000L));
    samples.put(
        "bundle-shadow", new BundleControl(BundleAction.SHADOW, "/bundles/minilm-v1", "minilm-v1"));
    samples.put("bundle-rollback", new BundleControl(BundleAction.ROLLBACK, null, null));
    return samples;
  }
}
