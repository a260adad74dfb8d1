package dev.hyperflow.topology.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionAbortableException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
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
        new StreamsException(new TransactionAbortableException("timed out")),
        new TaskMigratedException("moved"));
  }

  @ParameterizedTest
  @MethodSource("passingCauses")
  void shouldReplaceTheThreadWhenTheCauseMayPass(RuntimeException thrown) {
    assertThat(failures.handle(thrown)).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
    assertThat(failures.fatal()).isEmpty();
  }

  @Test
  void shouldStopWhenTheCauseStays() {
    StreamsException thrown = new StreamsException(new RecordTooLargeException("2 MiB"));

    assertThat(failures.handle(thrown)).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    assertThat(failures.fatal()).containsSame(thrown);
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
