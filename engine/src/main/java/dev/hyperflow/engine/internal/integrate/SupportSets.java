package dev.hyperflow.engine.internal.integrate;

import dev.hyperflow.engine.internal.remember.LabelledExamples;
import dev.hyperflow.models.internal.SupportSet;
import java.util.Optional;

/** Gives examples the form that a model takes. */
@FunctionalInterface
public interface SupportSets {

  /** The support set, empty when a text that it needs is missing or cannot be encoded. */
  Optional<SupportSet> of(LabelledExamples examples);
}
