package dev.hyperflow.models.graph;

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
      "1c6d8db1f2cdb976429103599224c9f5fcf084c9b9af9f84f332f5bae3c68fb7";
  private static final String INTEGRATE =
      "6990116486a84a1621242f85ad0d19dda8f16484e4f20d5b434b71f4bb5a3104";

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
