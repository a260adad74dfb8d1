package dev.hyperflow.models.internal.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.models.internal.Encoder;
import dev.hyperflow.models.internal.TestBundles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class EncoderInvarianceProperties {

  private static final String[] WORDS = {
    "card", "refund", "late", "the", "I", "would", "like", "sofa", "crash", "unbelievably", "??"
  };

  private final Encoder encoder = TestBundles.SHIPPED.encoder().orElseThrow();

  /** jqwik prints the seed of a failing run. */
  @Property(tries = 12)
  void shouldNotDependOnNeighbours(@ForAll @LongRange(max = Integer.MAX_VALUE) long seed) {
    // Given texts of many lengths, in two orders
    Random random = new Random(seed);
    List<String> texts = new ArrayList<>();
    for (int i = 0, count = 1 + random.nextInt(40); i < count; i++) {
      texts.add(text(random));
    }
    List<String> shuffled = new ArrayList<>(texts);
    Collections.shuffle(shuffled, random);

    // When
    float[][] together = encoder.encode(texts);
    float[][] inOtherOrder = encoder.encode(shuffled);

    // Then every text has the bits it has alone
    for (int i = 0; i < texts.size(); i++) {
      assertThat(together[i]).isEqualTo(inOtherOrder[shuffled.indexOf(texts.get(i))]);
      if (i % 5 == 0) {
        assertThat(together[i]).isEqualTo(encoder.encode(List.of(texts.get(i)))[0]);
      }
    }
  }

  private static String text(Random random) {
    int words = random.nextInt(8) == 0 ? random.nextInt(120) : random.nextInt(16);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
    }
    return text.toString();
  }
}
