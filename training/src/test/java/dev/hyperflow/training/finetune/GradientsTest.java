package dev.hyperflow.training.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.hyperflow.training.tensor.PyTorch;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Gradients and steps on a random encoder. */
class GradientsTest {

  private static final long SEED = 7;
  private static final float DISTANCE = 5e-3f;

  /** Losses are single precision: differences of them, over the distance, are good to this. */
  private static final double ABSOLUTE = 3e-4;

  private static final double RELATIVE = 0.01;

  @Test
  void shouldGiveTheSlopeOfTheLossForEveryParameter() {
    try (NDManager manager = PyTorch.manager();
        TunedClassifier classifier = classifier(MiniLm.of(manager, TinyEncoder.weights(SEED)))) {
      // Given: a head that tells labels apart by more than a random encoder's prototypes do
      classifier.weights().addi(manager.create(random(16), new Shape(8, 2)));
      classifier.backward();
      Map<String, NDArray> parameters = classifier.encoder().parameters();
      int sloping = 0;

      // Then: along the gradient of each array, its length is the slope
      for (Map.Entry<String, NDArray> entry : parameters.entrySet()) {
        double length = checkSlope(entry.getKey(), entry.getValue(), classifier, manager);
        sloping += length > 10 * ABSOLUTE ? 1 : 0;
      }
      double head = checkSlope("head", classifier.weights(), classifier, manager);

      // And: keys' biases shift all scores of a query alike, so that two arrays have no slope
      assertThat(sloping).isEqualTo(parameters.size() - 2);
      assertThat(head).isGreaterThan(10 * ABSOLUTE);
    }
  }

  private static float[] random(int size) {
    Random random = new Random(SEED);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = 4 * (float) random.nextGaussian();
    }
    return values;
  }

  private static double checkSlope(
      String name, NDArray parameter, TunedClassifier classifier, NDManager manager) {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray gradient = parameter.getGradient();
      gradient.attach(scratch);
      double length = gradient.square().sum().sqrt().getFloat();
      NDArray step = gradient.div(Math.max(length, 1e-12)).mul(DISTANCE);
      parameter.addi(step);
      double up = classifier.loss();
      parameter.subi(step.mul(2));
      double down = classifier.loss();
      parameter.addi(step);
      double slope = (up - down) / (2 * DISTANCE);
      assertThat(slope).as(name).isCloseTo(length, within(ABSOLUTE + RELATIVE * length));
      return length;
    }
  }

  private static TunedClassifier classifier(MiniLm pretrained) {
    return classifier(pretrained, TuningMode.FULL);
  }

  private static TunedClassifier classifier(MiniLm pretrained, TuningMode mode) {
    return new TunedClassifier(pretrained, mode, TinyEncoder.TEXTS, TinyEncoder.LABELS, 2);
  }

  @Test
  void shouldFitTheExamplesAndLeaveThePretrainedEncoderAlone() {
    try (NDManager manager = PyTorch.manager()) {
      MiniLmWeights weights = TinyEncoder.weights(SEED);
      MiniLm pretrained = MiniLm.of(manager, weights);
      for (TuningMode mode : TuningMode.values()) {
        try (TunedClassifier classifier = classifier(pretrained, mode)) {
          // When
          float before = classifier.loss();
          ScopedAdam adam = classifier.optimiser(0.01, 0.01);
          for (int step = 0; step < 60; step++) {
            classifier.backward();
            adam.step();
          }

          // Then
          assertThat(classifier.loss()).as(mode.toString()).isLessThan(before / 2);
          assertThat(classifier.classify(TinyEncoder.TEXTS)).isEqualTo(TinyEncoder.LABELS);
          classifier
              .encoder()
              .parameters()
              .forEach(
                  (name, array) -> {
                    boolean same = Arrays.equals(array.toFloatArray(), weights.values(name));
                    assertThat(same).as(mode + " " + name).isEqualTo(!mode.moves(name));
                  });
        }
        for (String name : weights.names()) {
          assertThat(pretrained.parameters().get(name).toFloatArray())
              .isEqualTo(weights.values(name));
        }
      }
    }
  }

  @Test
  void shouldGiveTheSameVectorWhateverThePadding() {
    try (NDManager manager = PyTorch.manager()) {
      MiniLm encoder = MiniLm.of(manager, TinyEncoder.weights(SEED));
      float[] together =
          encoder.embed(manager, TokenBatch.of(TinyEncoder.TEXTS)).get(1).toFloatArray();
      float[] alone =
          encoder.embed(manager, TokenBatch.of(TinyEncoder.TEXTS.subList(1, 2))).toFloatArray();
      assertThat(together).containsExactly(alone, within(1e-5f));
    }
  }
}
