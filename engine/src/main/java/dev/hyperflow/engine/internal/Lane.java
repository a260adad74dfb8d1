package dev.hyperflow.engine.internal;

import dev.hyperflow.engine.internal.encode.PayloadEncoder;
import dev.hyperflow.engine.internal.encode.TextFeatures;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.feedback.RememberedQuery;
import dev.hyperflow.engine.internal.integrate.BundleHeads;
import dev.hyperflow.engine.internal.integrate.HeadStore;
import dev.hyperflow.engine.internal.remember.Example;
import dev.hyperflow.engine.internal.remember.LabelledExamples;
import dev.hyperflow.engine.internal.remember.SupportMemory;
import dev.hyperflow.engine.internal.score.ScoreSettings;
import dev.hyperflow.engine.internal.score.Scorer;
import dev.hyperflow.models.internal.SupportSet;
import dev.hyperflow.models.internal.TextRole;
import java.util.List;
import java.util.Optional;

/**
 * A model with its heads.
 *
 * @param model the model
 * @param heads the heads it made, and those it is to make
 * @param scorer scores with its calibration
 * @param encoder makes features of payloads for it
 * @param texts makes features of texts that are kept for it
 */
record Lane(
    AdaptationModel model,
    BundleHeads heads,
    Scorer scorer,
    PayloadEncoder encoder,
    TextFeatures texts) {

  static Lane of(
      AdaptationModel model,
      SupportMemory memory,
      HeadStore heads,
      ScoreSettings score,
      int mostTexts) {
    PayloadEncoder encoder = new PayloadEncoder(model.encoder(), model.dimension());
    TextFeatures texts = new TextFeatures(encoder, mostTexts);
    return new Lane(
        model,
        new BundleHeads(
            model.bundleId(),
            model.integrator(),
            heads,
            memory,
            examples -> supportSet(model.featureSpace(), examples, memory, texts)),
        new Scorer(model.calibration(), score),
        encoder,
        texts);
  }

  /** In shadow of a model with another encoder, the examples are encoded for this one alone. */
  private static Optional<SupportSet> supportSet(
      String space, LabelledExamples examples, SupportMemory memory, TextFeatures texts) {
    if (!SupportMemory.isForeign(examples.meta(), space)) {
      return Optional.of(examples.supportSet());
    }
    List<Example> kept = examples.entries().stream().map(LabelledExamples.Entry::example).toList();
    return memory
        .reencoded(kept, texts::ofExamples)
        .map(features -> examples.supportSet(features.get(0).dimension(), features));
  }

  /** Names the encoder of this model; empty when features come from elsewhere. */
  String space() {
    return model.featureSpace();
  }

  /**
   * Features of another lane as this one has them; empty when that takes a text that is missing.
   */
  Optional<FeatureVector> features(
      FeatureVector features, Lane of, Optional<String> text, TextRole role) {
    return of.space().equals(space())
        ? Optional.of(features)
        : text.flatMap(found -> texts.of(found, role));
  }

  /** Features of a query in a role; empty when that takes a text that is missing. */
  Optional<FeatureVector> features(RememberedQuery query, TextRole role) {
    // One that was asked before the encoder changed has features that are of no use.
    boolean isOwn = query.space().isEmpty() || space().isEmpty() || query.space().equals(space());
    Optional<FeatureVector> asked = isOwn ? Optional.of(query.features()) : Optional.empty();
    if (isOwn && (role == TextRole.QUERY || encoder.knowsNoRoles())) {
      return asked;
    }
    return query.text().flatMap(text -> texts.of(text, role)).or(() -> asked);
  }
}
