package dev.hyperflow.engine.internal;

import dev.hyperflow.models.ModelException;
import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.TextPrefixes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Features from a hash of the text; fails on texts that hold "poison". */
public record FakeEncoder(String id, int dimension, List<List<String>> calls, TextPrefixes prefixes)
    implements Encoder {

  public FakeEncoder(String id) {
    this(id, EngineFixture.DIMENSION);
  }

  /** One whose features differ from those of one with another dimension. */
  public FakeEncoder(String id, int dimension) {
    this(id, dimension, TextPrefixes.NONE);
  }

  /** One that expects something before texts. */
  public FakeEncoder(String id, int dimension, TextPrefixes prefixes) {
    this(id, dimension, new ArrayList<>(), prefixes);
  }

  @Override
  public float[][] encode(List<String> texts) {
    calls.add(List.copyOf(texts));
    if (texts.stream().anyMatch(text -> text.contains("poison"))) {
      throw new ModelException("cannot encode");
    }
    return texts.stream().map(this::features).toArray(float[][]::new);
  }

  private float[] features(String text) {
    Random random = new Random(text.hashCode() + 31L * (dimension - EngineFixture.DIMENSION));
    float[] features = new float[dimension];
    for (int i = 0; i < features.length; i++) {
      features[i] = random.nextFloat() * 2 - 1;
    }
    return features;
  }

  @Override
  public void close() {}
}
