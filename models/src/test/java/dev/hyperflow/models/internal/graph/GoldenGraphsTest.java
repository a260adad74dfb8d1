package dev.hyperflow.models.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Pins the bytes of the shipped graphs: a bundle's id covers them. */
class GoldenGraphsTest {

  private static final String HOW_TO_UPDATE =
      """
      The emitted graph has changed, so every head made from the bundle may change in its last bits, \
      and bundles get a new id. If that is meant: run AnalyticDriftTest and IntegrateGraphTest, run \
      the accuracy check (profile shared-data), say in the change log that the bundle changed, and \
      put the new hash here.""";

  private static final String DRIFT =
      "0a82b509c053daa93a74c42c904860cdd0584cd0bdea5af0c2bb4c297980beba";
  private static final String INTEGRATE =
      "6bee0b21103d74761e391e2dc68e3bd611264a959a02fe015e9f440f401689f0";

  @Test
  void shouldEmitTheSameBytesAsEver() {
    AnalyticFlow flow = AnalyticFlow.standard();
    byte[] drift = AnalyticDrift.emit(flow);
    assertThat(sha256(drift)).as(HOW_TO_UPDATE).isEqualTo(DRIFT);
    assertThat(sha256(IntegrateGraph.build(drift, flow.plan())))
        .as(HOW_TO_UPDATE)
        .isEqualTo(INTEGRATE);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
