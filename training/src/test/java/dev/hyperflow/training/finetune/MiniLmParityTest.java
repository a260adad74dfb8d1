package dev.hyperflow.training.finetune;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.Manifest.EncoderReference;
import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.ShippedBundles;
import dev.hyperflow.training.data.LabelledTexts;
import dev.hyperflow.training.tensor.PyTorch;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The encoder on PyTorch against the one that serves, on ONNX Runtime. */
class MiniLmParityTest {
  /** The messages of the demo. */
  private static final Path MESSAGES = Path.of("../app/src/main/resources/messages");

  private static final double TOLERANCE = 1e-4;
  private static final int BATCH = 20;
  private static final String PROPERTY = "hyperflow.datasets";

  @Test
  void shouldEncodeTheMessagesOfTheDemoAsOnnxRuntimeDoes() throws IOException {
    List<String> texts = new ArrayList<>(List.of("", "é 中 \uD83D", "a ".repeat(400)));
    for (String name : List.of("bank", "furniture", "newcomer", "software")) {
      List<String> lines = demo(name + ".tsv");
      for (int i = 0; i < lines.size(); i += 4) {
        texts.add(lines.get(i).substring(lines.get(i).lastIndexOf('\t') + 1));
      }
    }
    assertThat(texts).hasSizeGreaterThan(250);
    assertSame(texts);
  }

  /** Run it with {@code -Pshared-data -Dhyperflow.datasets=DIR}; DIR holds {@code dev/}. */
  @Test
  @Tag("shared-data")
  void shouldEncodeAThousandRealTextsAsOnnxRuntimeDoes() {
    String folder = System.getProperty(PROPERTY, "");
    Assumptions.assumeTrue(
        !folder.isEmpty() && Files.isDirectory(Path.of(folder)),
        "SKIPPED the parity check: -D%s expected a folder of data sets, found '%s'"
            .formatted(PROPERTY, folder));
    List<String> texts =
        LabelledTexts.readAll(List.of(Path.of(folder, "dev"))).stream()
            .flatMap(set -> set.texts().stream().limit(125))
            .map(utterance -> utterance.text())
            .toList();
    assertThat(texts).hasSizeGreaterThanOrEqualTo(1000);
    assertSame(texts);
  }

  private static void assertSame(List<String> texts) {
    BundleOptions options = BundleOptions.defaults().withWarmUp(false);
    try (Bundle bundle = Bundle.load(ShippedBundles.ANALYTIC, options);
        NDManager manager = PyTorch.manager()) {
      // Given
      EncoderReference reference = bundle.manifest().encoderReference().orElseThrow();
      Encoder onnx = bundle.encoder().orElseThrow();
      MiniLm torch = MiniLm.of(manager, MiniLmWeights.read(reference));
      assertThat(torch.shape()).isEqualTo(new EncoderShape(6, 12, 384, 1536));
      double largest = 0;
      try (TokenReader tokens = TokenReader.open(reference, reference.maxTokens())) {
        for (int start = 0; start < texts.size(); start += BATCH) {
          List<String> batch = texts.subList(start, Math.min(texts.size(), start + BATCH));

          // When
          float[][] expected = onnx.encode(batch);
          try (NDManager scratch = manager.newSubManager()) {
            NDArray found = torch.embed(scratch, TokenBatch.of(tokens.read(batch)));
            largest = Math.max(largest, difference(expected, found.toFloatArray()));
          }
        }
      }

      // Then
      System.out.printf("%d texts, largest difference %.2e%n", texts.size(), largest);
      assertThat(largest).isLessThanOrEqualTo(TOLERANCE);
    }
  }

  private static double difference(float[][] expected, float[] found) {
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      for (int d = 0; d < expected[i].length; d++) {
        double difference = Math.abs(expected[i][d] - found[i * expected[i].length + d]);
        // A comparison with NaN is false, and would pass.
        largest = Double.isNaN(difference) ? Double.MAX_VALUE : Math.max(largest, difference);
      }
    }
    return largest;
  }

  private static List<String> demo(String name) throws IOException {
    try (BufferedReader in = Files.newBufferedReader(MESSAGES.resolve(name))) {
      return in.lines().filter(line -> line.contains("\t")).toList();
    }
  }
}
