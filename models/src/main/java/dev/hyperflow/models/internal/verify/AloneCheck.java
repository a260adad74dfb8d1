package dev.hyperflow.models.internal.verify;

import dev.hyperflow.models.internal.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A text has the same vector alone and in any batch. */
final class AloneCheck extends BundleCheck<Encoder> {

  private static final int MANY_WORDS = 1000;

  private final List<String> texts;

  AloneCheck(List<String> samples) {
    super("bits", "the same bits alone and in batches, up to the limit of tokens");
    texts = new ArrayList<>(samples);
    texts.add("");
    texts.add("a ".repeat(MANY_WORDS));
  }

  @Override
  Result run(Encoder encoder) {
    float[][] together = encoder.encode(texts);
    List<String> turned = new ArrayList<>(texts);
    Collections.reverse(turned);
    float[][] otherwise = encoder.encode(turned);
    int different = 0;
    for (int i = 0; i < together.length; i++) {
      float[] alone = encoder.encode(List.of(texts.get(i)))[0];
      boolean same =
          Arrays.equals(alone, together[i])
              && Arrays.equals(alone, otherwise[together.length - 1 - i]);
      different += same ? 0 : 1;
    }
    return different == 0
        ? Result.ok("the same bits of %d texts", together.length)
        : Result.failed(
            "other bits of %d of %d texts; a model with dynamic quantisation has such",
            different, together.length);
  }
}
