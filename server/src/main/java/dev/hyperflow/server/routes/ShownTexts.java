package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.remember.TextPolicy;
import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.Scope;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.json.Tenants;
import java.util.Optional;

/** Texts of a tenant as a caller may see them: whoever may export them may read them. */
final class ShownTexts {
  private static final int BEGINNING = 200;
  private static final String SETTING = "memory.texts=keep";

  private final boolean allowed;
  private final boolean kept;

  private ShownTexts(boolean allowed, boolean kept) {
    this.allowed = allowed;
    this.kept = kept;
  }

  /** What the caller of an instance may see. */
  static ShownTexts of(Instance instance, Call call) {
    return of(
        call.grant().includes(Scope.WRITE),
        instance.config().engine().memory().texts() == TextPolicy.KEEP);
  }

  static ShownTexts of(boolean allowed, boolean kept) {
    return new ShownTexts(allowed, kept);
  }

  /** Whether the caller may see texts. */
  boolean isAllowed() {
    return allowed;
  }

  /** Whether texts are shown, and how to turn them on. */
  Tenants.Texts about() {
    if (!allowed) {
      return new Tenants.Texts(false, null, "texts need a token of scope write");
    }
    return kept
        ? new Tenants.Texts(true, null, null)
        : new Tenants.Texts(
            false,
            SETTING,
            "texts are turned off; " + SETTING + " keeps those that come from then on");
  }

  /** The text, or null. */
  String whole(Optional<String> text) {
    return allowed ? text.orElse(null) : null;
  }

  /** What a list of many shows of the text, or null. */
  String beginning(Optional<String> text) {
    return whole(
        text.map(
            all ->
                all.codePointCount(0, all.length()) <= BEGINNING
                    ? all
                    : all.substring(0, all.offsetByCodePoints(0, BEGINNING)) + "…"));
  }
}
