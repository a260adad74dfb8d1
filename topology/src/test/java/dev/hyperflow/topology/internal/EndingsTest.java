package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.engine.internal.remember.TornMemoryException;
import java.io.IOException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EndingsTest {

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(
            new StreamsException(
                new ProcessorStateException(
                    "put failed", new IOException("No space left on device"))),
            "IOException: No space left on device. The disk is full: free space at state.dir"),
        Arguments.of(
            new ProcessorStateException("open failed", new IOException("a.sst: Permission denied")),
            "The process lacks a right on a file"),
        Arguments.of(
            new ProcessorStateException("open failed", new IOException("Corruption: bad block")),
            "state.damaged=restore"),
        Arguments.of(
            new StreamsException(new TornMemoryException("expected 3 examples, found 2")),
            "Stores support-memory and tenant-meta do not fit each other"),
        Arguments.of(new MissingSourceTopicException("gone"), "An input topic was deleted"),
        Arguments.of(
            new StreamsException(
                "Existing internal topic a has invalid partitions: expected: 8; actual: 4."),
            "The input topics have more partitions than the state"),
        Arguments.of(new TopicAuthorizationException("predictions"), "lacks a right"),
        Arguments.of(new SaslAuthenticationException("no"), "refuse the credentials"),
        Arguments.of(new UnsupportedVersionException("old"), "too old"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void shouldSayTheCauseAndWhatToDoInOneLine(Throwable failure, String expected) {
    assertThat(Endings.lineOf(failure)).contains(expected).doesNotContain("\n");
  }

  @Test
  void shouldNameWhatItDoesNotKnow() {
    assertThat(Endings.lineOf(new StreamsException(new IllegalStateException("a bug.\n"))))
        .isEqualTo(
            "IllegalStateException: a bug. Keep the log and report it; the application begins"
                + " again at its last commit");
  }
}
