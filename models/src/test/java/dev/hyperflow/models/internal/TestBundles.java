package dev.hyperflow.models.internal;

import dev.hyperflow.models.internal.bundle.Bundle;
import dev.hyperflow.models.internal.bundle.ShippedBundles;

/** Bundles loaded once for all tests of this JVM; no test closes them. */
public final class TestBundles {

  /** The bundle that behaviour tests run against, with its encoder. */
  public static final Bundle SHIPPED =
      Bundle.load(ShippedBundles.ANALYTIC, BundleOptions.defaults());

  private TestBundles() {}
}
