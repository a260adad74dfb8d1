package dev.hyperflow.topology.internal.rollout;

import dev.hyperflow.events.BundleControl;
import java.util.Optional;

/**
 * What the control records so far ask for: a pure function of the bundle that was configured and of
 * the records in their order.
 *
 * @param serving the bundle that answers
 * @param previous the one that answered before, until the application has gone back to it
 * @param shadow the one that answers beside it, unseen
 */
record RolloutState(
    BundleReference serving, Optional<BundleReference> previous, Optional<BundleReference> shadow) {
  // Only one step back is kept: a rollback that is sent twice then does nothing the second time,
  // where a longer history would go back twice, and swapping would bring the bad bundle back.

  /** Before the first record. */
  public static RolloutState startingWith(String location) {
    return new RolloutState(BundleReference.at(location), Optional.empty(), Optional.empty());
  }

  /** What a record brings about. */
  sealed interface Step permits Change, Ignored {}

  /**
   * Something is to be done.
   *
   * @param kind what
   * @param bundle with which bundle
   * @param state what is asked for once it is done
   */
  record Change(Kind kind, BundleReference bundle, RolloutState state) implements Step {}

  /** Nothing is to be done. */
  record Ignored(String why) implements Step {}

  /** What is to be done. */
  enum Kind {
    SHADOW,
    DROP_SHADOW,
    PROMOTE_SHADOW,
    PROMOTE,
    GO_BACK;

    /** Whether it undoes what may still be under way, and so does not wait for its end. */
    boolean undoes() {
      return this == GO_BACK;
    }
  }

  /** The step that a record asks for. */
  Step after(BundleControl control) {
    return switch (control.getAction()) {
      case SHADOW -> shadow(control);
      case PROMOTE -> promote(control);
      case ROLLBACK -> rollBack(control);
      case UNKNOWN -> new Ignored("action: expected SHADOW, PROMOTE or ROLLBACK, found another");
    };
  }

  private Step shadow(BundleControl control) {
    Optional<BundleReference> wanted = reference(control);
    if (wanted.isEmpty()) {
      return new Ignored("location: expected the place of the bundle to put in shadow, found none");
    }
    return new Change(Kind.SHADOW, wanted.get(), new RolloutState(serving, previous, wanted));
  }

  private Step promote(BundleControl control) {
    Optional<BundleReference> wanted = reference(control);
    Optional<BundleReference> inShadow =
        shadow.filter(
            bundle -> wanted.isEmpty() || wanted.get().location().equals(bundle.location()));
    if (inShadow.isEmpty()) {
      return wanted.isEmpty()
          ? new Ignored(
              "location: expected the place of a bundle, because none is in shadow, found none")
          : new Change(Kind.PROMOTE, wanted.get(), promoted(wanted.get()));
    }
    return expecting(inShadow.get(), control)
        .<Step>map(bundle -> new Change(Kind.PROMOTE_SHADOW, bundle, promoted(bundle)))
        .orElseGet(() -> wrongId(inShadow.get(), control));
  }

  /** A newer bundle at the same place leaves nothing there to go back to. */
  private RolloutState promoted(BundleReference bundle) {
    return new RolloutState(
        bundle,
        bundle.location().equals(serving.location()) ? previous : Optional.of(serving),
        Optional.empty());
  }

  private Step rollBack(BundleControl control) {
    Optional<BundleReference> undone = shadow.isPresent() ? shadow : previous;
    if (undone.isEmpty()) {
      return new Ignored(
          "action: expected a bundle in shadow or one that served before, found none");
    }
    Optional<BundleReference> bundle = expecting(undone.get(), control);
    if (bundle.isEmpty()) {
      return wrongId(undone.get(), control);
    }
    return shadow.isPresent()
        ? new Change(Kind.DROP_SHADOW, bundle.get(), withoutShadow())
        : new Change(
            Kind.GO_BACK,
            bundle.get(),
            new RolloutState(bundle.get(), Optional.empty(), Optional.empty()));
  }

  /**
   * The state after a change of it that this instance refused. Others may have made the change; the
   * rollback that undoes it there undoes nothing here.
   */
  RolloutState refusing(Change refused) {
    return switch (refused.kind()) {
      case SHADOW -> new RolloutState(serving, previous, refused.state().shadow());
      case PROMOTE, PROMOTE_SHADOW -> new RolloutState(serving, refused.state().previous(), shadow);
      case DROP_SHADOW, GO_BACK -> this;
    };
  }

  /** The same without a bundle in shadow. */
  RolloutState withoutShadow() {
    return new RolloutState(serving, previous, Optional.empty());
  }

  /** The same, and the bundle that answers was found to have that id. */
  RolloutState servingWith(String bundleId) {
    return new RolloutState(serving.withId(bundleId), previous, shadow);
  }

  private static Optional<BundleReference> reference(BundleControl control) {
    return Optional.ofNullable(control.getLocation())
        .filter(location -> !location.isBlank())
        .map(location -> new BundleReference(location, Optional.ofNullable(control.getBundleId())));
  }

  /** The bundle with the id that the record demands; empty when it is known to have another. */
  private static Optional<BundleReference> expecting(
      BundleReference bundle, BundleControl control) {
    String id = control.getBundleId();
    if (id == null) {
      return Optional.of(bundle);
    }
    return bundle.refuses(id) ? Optional.empty() : Optional.of(bundle.withId(id));
  }

  private static Ignored wrongId(BundleReference bundle, BundleControl control) {
    return new Ignored(
        "bundleId: expected %s, the id of the bundle at %s, found %s"
            .formatted(bundle.bundleId().orElseThrow(), bundle.location(), control.getBundleId()));
  }
}
