package dev.hyperflow.benchmarks.load;

import java.util.ArrayList;
import java.util.List;

/**
 * Short customer messages, made of parts: 8 to 32 words, 19 on average. They are the same in every
 * run.
 */
public final class SampleTexts {
  private static final List<String> OPENINGS =
      List.of(
          "Hello,",
          "Good morning, I need some help:",
          "Hi there, just a quick question,",
          "This is the third time I write to you,",
          "Dear team,",
          "Sorry to bother you again, but",
          "Could somebody please look into this?",
          "I was told to contact you, as");

  private static final List<String> MATTERS =
      List.of(
          "my card was charged twice",
          "the parcel never arrived",
          "I cannot sign in any more",
          "the invoice shows the wrong address",
          "the app closes as soon as I open it",
          "I would like to cancel the subscription",
          "the refund is still missing",
          "one of the chairs has a broken leg",
          "the export stops half way",
          "my password reset link has expired",
          "the discount code was not accepted",
          "the delivery date has moved once more",
          "two of our users lost their access",
          "the report adds up to the wrong total",
          "I want to change the plan",
          "the colour is not the one that I ordered");

  private static final List<String> DETAILS =
      List.of(
          "since last week.",
          "and nobody answers the phone.",
          "although support said that it was solved.",
          "for order number %d.",
          "and I have to hand in the figures for department %d by tomorrow evening.",
          "on my old phone, while ticket %d says that everything works.",
          "after the update of last night, build %d.",
          "please tell me what to do next.");

  private SampleTexts() {}

  /** How many matters they are about; the text of index i is about matter i modulo this. */
  public static int matters() {
    return MATTERS.size();
  }

  /** This many texts; no two of the first thousand are alike. */
  public static List<String> of(int count) {
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String detail = DETAILS.get(i / (OPENINGS.size() * MATTERS.size()) % DETAILS.size());
      texts.add(
          OPENINGS.get(i / MATTERS.size() % OPENINGS.size())
              + " "
              + MATTERS.get(i % MATTERS.size())
              + " "
              + detail.replace("%d", Integer.toString(10_000 + 37 * i)));
    }
    return texts;
  }
}
