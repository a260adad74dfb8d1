package dev.hyperflow.benchmarks.docs;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Why a block of a document is not run by a test. There are no other reasons. */
enum Reason {
  /** It would build and test within the build that runs the test. */
  BUILD,
  /** It names brokers, files or data that only a reader has. */
  CLUSTER,
  /** It needs a container engine. */
  DOCKER,
  /** It needs Python and a client for the registry. */
  PYTHON;

  static Reason parse(String text) {
    return Arrays.stream(values())
        .filter(reason -> reason.word().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "expected one of %s, found '%s'"
                        .formatted(
                            Arrays.stream(values())
                                .map(Reason::word)
                                .collect(Collectors.joining(", ")),
                            text)));
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
