package dev.hyperflow.topology.internal.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hyperflow.engine.internal.EngineProgress;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.event.Stage;
import dev.hyperflow.topology.internal.observe.EngineObserver.Occasion;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class EngineObserversTest {
  private static final SourceRecord RECORD = Occasions.record("queries", 1, 0);
  private static final Rejection REJECTION =
      new Rejection(Stage.SCORE, Reason.WRONG_DIMENSION, "why");

  private final List<String> told = new ArrayList<>();
  private final EngineObserver both =
      EngineObserver.all(List.of(new Noting("a", told), new Noting("b", told)));

  /** Notes every call under its own name. */
  private record Noting(String name, List<String> told) implements EngineObserver {
    private void note(String call) {
      told.add(name + " " + call);
    }

    @Override
    public void received(SourceRecord record, Headers headers) {
      note("received");
    }

    @Override
    public void decoded(SourceRecord record) {
      note("decoded");
    }

    @Override
    public BatchEnd batch(
        String task, List<SourceRecord> records, long queueWaitMillis, long nowMillis) {
      note("batch " + task + " " + records.size() + " " + queueWaitMillis + " " + nowMillis);
      return () -> note("ended");
    }

    @Override
    public void output(Output output, Occasion occasion) {
      note("output " + occasion.nowMillis());
    }

    @Override
    public void answering(SourceRecord query, Headers prediction) {
      note("answering");
    }

    @Override
    public void refused(SourceRecord record, Rejection rejection, Headers letter) {
      note("refused " + rejection.reason());
    }

    @Override
    public void publishing(String tenant, Headers head) {
      note("publishing " + tenant);
    }

    @Override
    public void progress(String task, EngineProgress progress) {
      note("progress " + task);
    }

    @Override
    public void healed(String tenant) {
      note("healed " + tenant);
    }

    @Override
    public void closed(String task) {
      note("closed " + task);
    }
  }

  private static void tellEverything(EngineObserver observer) {
    observer.received(RECORD, new RecordHeaders());
    observer.decoded(RECORD);
    EngineObserver.BatchEnd end = observer.batch("0_0", List.of(RECORD), 5, 9);
    observer.output(new Output.Applied(0), Occasion.background(7));
    observer.answering(RECORD, new RecordHeaders());
    observer.refused(RECORD, REJECTION, new RecordHeaders());
    observer.publishing("t", new RecordHeaders());
    end.ended();
    observer.progress("0_0", new EngineProgress(0, false, 0));
    observer.healed("t");
    observer.closed("0_0");
  }

  @Test
  void shouldTellAllInTheirOrderAndEndBatchesInTheOther() {
    tellEverything(both);

    assertThat(told)
        .containsExactly(
            "a received",
            "b received",
            "a decoded",
            "b decoded",
            "a batch 0_0 1 5 9",
            "b batch 0_0 1 5 9",
            "a output 7",
            "b output 7",
            "a answering",
            "b answering",
            "a refused WRONG_DIMENSION",
            "b refused WRONG_DIMENSION",
            "a publishing t",
            "b publishing t",
            "b ended",
            "a ended",
            "a progress 0_0",
            "b progress 0_0",
            "a healed t",
            "b healed t",
            "a closed 0_0",
            "b closed 0_0");
  }

  @Test
  void shouldAskNothingOfAnObserver() {
    Headers headers = new RecordHeaders();
    EngineObserver.NONE.received(RECORD, headers);
    EngineObserver.NONE.answering(RECORD, headers);
    tellEverything(EngineObserver.NONE);

    assertThat(headers).isEmpty();
  }

  @Test
  void shouldTellOneWithoutAnythingBetween() {
    EngineObserver one = new Noting("a", told);

    assertThat(EngineObserver.all(List.of(one))).isSameAs(one);
    assertThat(EngineObserver.all(List.of())).isSameAs(EngineObserver.NONE);
  }

  @Test
  void shouldLetWhatAnObserverThrowsFailTheTask() {
    EngineObserver throwing =
        new EngineObserver() {
          @Override
          public void healed(String tenant) {
            throw new IllegalStateException("why");
          }
        };
    EngineObserver all =
        EngineObserver.all(List.of(new Noting("a", told), throwing, new Noting("b", told)));

    assertThatThrownBy(() -> all.healed("t")).isInstanceOf(IllegalStateException.class);
    assertThat(told).containsExactly("a healed t");
  }
}
