package dev.hyperflow.engine.internal;

import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.Encoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Features from a hash of the text; fails on texts that hold "poison". */
public record FakeEncoder(String id, List<List<String>> calls) implements Encoder {

  public FakeEncoder(String id) {
    this(id, new ArrayList<>());
  }

  @Override
  public int dimension() {
    return EngineFixture.DIMENSION;
  }

  @Override
  public float[][] encode(List<String> texts) {
    calls.add(List.copyOf(texts));
    if (texts.stream().anyMatch(text -> text.contains("poison"))) {
      throw new ModelException("cannot encode");
    }
    return texts.stream().map(FakeEncoder::features).toArray(float[][]::new);
  }

  private static float[] features(String text) {
    Random random = new Random(text.hashCode());
    float[] features = new float[EngineFixture.DIMENSION];
    for (int i = 0; i < features.length; i++) {
      features[i] = random.nextFloat() * 2 - 1;
    }
    return features;
  }

  @Override
  public void close() {}
}
