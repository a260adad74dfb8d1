package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hyperflow.schemas.internal.registry.RegistryError;
import dev.hyperflow.schemas.internal.registry.RegistryException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.streams.errors.LockException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.errors.TaskCorruptedException;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamFailuresTest {
  private final StreamsException passing =
      new StreamsException(new NetworkException("gone in a moment"));

  private final AtomicLong clock = new AtomicLong();
  private final StreamFailures failures = new StreamFailures(clock::get);

  static Stream<RuntimeException> passingCauses() {
    return Stream.of(
        new TimeoutException("slow"),
        new StreamsException(new TimeoutException("slow")),
        new StreamsException(new ProducerFencedException("taken over")),
        new StreamsException(new InvalidProducerEpochException("taken over")),
        new StreamsException(new InvalidPidMappingException("expired")),
        new StreamsException("commit", new InvalidTxnStateException("aborted meanwhile")),
        new StreamsException(new OutOfOrderSequenceException("expired")),
        new StreamsException(new TransactionAbortedException("closed")),
        new StreamsException(new TransactionAbortableException("timed out")),
        new LockException("held by another thread"),
        new TaskCorruptedException(Set.of()),
        new IllegalStateException(new StreamsException(new NetworkException("far down"))),
        new TaskMigratedException("moved"));
  }

  @ParameterizedTest
  @MethodSource("passingCauses")
  void shouldReplaceTheThreadWhenTheCauseMayPass(RuntimeException thrown) {
    assertThat(failures.handle(thrown)).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    assertThat(failures.fatal()).isEmpty();
  }

  static Stream<RuntimeException> stayingCauses() {
    return Stream.of(
        new IllegalStateException("a bug"),
        new StreamsException(new RecordTooLargeException("2 MiB")),
        new StreamsException(new TopicAuthorizationException("predictions")),
        new SerializationException("not Avro"),
        new StreamsException(
            RegistryException.refused(
                "http://registry", RegistryError.SUBJECT_NOT_FOUND, "no such subject")));
  }

  @ParameterizedTest
  @MethodSource("stayingCauses")
  void shouldStopAtOnceWhenTheCauseStays(RuntimeException thrown) {
    assertThat(failures.handle(thrown)).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(failures.fatal()).containsSame(thrown);
  }

  @Test
  void shouldReplaceTheThreadForAsLongAsTheRegistryIsAway() {
    RegistryException busy =
        RegistryException.refused("http://registry", RegistryError.STORE_FAILED, "busy");

    for (int i = 0; i < 3 * StreamFailures.MAX_REPLACEMENTS; i++) {
      assertThat(failures.handle(new StreamsException(busy)))
          .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    }
    assertThat(failures.fatal()).isEmpty();
  }

  @Test
  void shouldReplaceAThreadThatWasInterruptedAndLetItCloseInPeace() {
    InterruptException interrupted = new InterruptException("the clock was set back");

    assertThat(failures.handle(interrupted))
        .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void shouldRememberWhatStoppedItFirst() {
    IllegalStateException first = new IllegalStateException("first");

    failures.handle(first);
    failures.handle(new IllegalStateException("second"));
    failures.handle(passing);

    assertThat(failures.fatal()).containsSame(first);
  }

  @Test
  void shouldNotCountFailuresThatStopIt() {
    for (int i = 0; i < 2 * StreamFailures.MAX_REPLACEMENTS; i++) {
      failures.handle(new IllegalStateException("stays"));
    }

    assertThat(failures.handle(passing)).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
  }

  @Test
  void shouldCountAFailureUntilTheWindowHasPassed() {
    // Given
    for (int i = 0; i < StreamFailures.MAX_REPLACEMENTS; i++) {
      failures.handle(passing);
    }

    // When
    clock.set(StreamFailures.WINDOW.toMillis());

    // Then
    assertThat(failures.handle(passing)).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    StreamFailures another = new StreamFailures(clock::get);
    for (int i = 0; i < StreamFailures.MAX_REPLACEMENTS; i++) {
      another.handle(passing);
    }
    clock.addAndGet(StreamFailures.WINDOW.toMillis() - 1);
    assertThat(another.handle(passing)).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
  }

  @Test
  void shouldStopWhenThreadsFailAgainAndAgain() {
    for (int i = 0; i < StreamFailures.MAX_REPLACEMENTS; i++) {
      clock.addAndGet(StreamFailures.WINDOW.toMillis() / (StreamFailures.MAX_REPLACEMENTS + 1));
      assertThat(failures.handle(passing)).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    }

    assertThat(failures.handle(passing)).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(failures.fatal()).containsSame(passing);
  }

  @Test
  void shouldForgetFailuresOfLongAgo() {
    for (int i = 0; i < 5 * StreamFailures.MAX_REPLACEMENTS; i++) {
      clock.addAndGet(StreamFailures.WINDOW.toMillis() / StreamFailures.MAX_REPLACEMENTS);
      assertThat(failures.handle(passing)).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    }
  }
}
