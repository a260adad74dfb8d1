package dev.hyperflow.topology.internal.observe;

import dev.hyperflow.engine.internal.EngineProgress;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.topology.internal.source.SourceRecord;
import java.util.List;
import org.apache.kafka.common.header.Headers;

/** Several observers as one. */
final class EngineObservers implements EngineObserver {
  // Told for every record, so loops over an array: no iterator and no lambda for each of them.

  private final EngineObserver[] observers;

  EngineObservers(List<EngineObserver> observers) {
    this.observers = observers.toArray(EngineObserver[]::new);
  }

  @Override
  public void received(SourceRecord record, Headers headers) {
    for (EngineObserver observer : observers) {
      observer.received(record, headers);
    }
  }

  @Override
  public void foreign(SourceRecord record) {
    for (EngineObserver observer : observers) {
      observer.foreign(record);
    }
  }

  @Override
  public void skipped(SourceRecord record) {
    for (EngineObserver observer : observers) {
      observer.skipped(record);
    }
  }

  @Override
  public void repartitioned(SourceRecord record) {
    for (EngineObserver observer : observers) {
      observer.repartitioned(record);
    }
  }

  @Override
  public void decoded(SourceRecord record) {
    for (EngineObserver observer : observers) {
      observer.decoded(record);
    }
  }

  /** Batches end in the opposite order: who began last may have opened a scope. */
  @Override
  public BatchEnd batch(
      String task, List<SourceRecord> records, long queueWaitMillis, long nowMillis) {
    BatchEnd[] ends = new BatchEnd[observers.length];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = observers[i].batch(task, records, queueWaitMillis, nowMillis);
    }
    return () -> {
      for (int i = ends.length - 1; i >= 0; i--) {
        ends[i].ended();
      }
    };
  }

  @Override
  public void output(Output output, Occasion occasion) {
    for (EngineObserver observer : observers) {
      observer.output(output, occasion);
    }
  }

  @Override
  public void answering(SourceRecord query, Headers prediction) {
    for (EngineObserver observer : observers) {
      observer.answering(query, prediction);
    }
  }

  @Override
  public void refused(SourceRecord record, Rejection rejection, Headers letter) {
    for (EngineObserver observer : observers) {
      observer.refused(record, rejection, letter);
    }
  }

  @Override
  public void publishing(String tenant, Headers head) {
    for (EngineObserver observer : observers) {
      observer.publishing(tenant, head);
    }
  }

  @Override
  public void progress(String task, EngineProgress progress) {
    for (EngineObserver observer : observers) {
      observer.progress(task, progress);
    }
  }

  @Override
  public void healed(String tenant) {
    for (EngineObserver observer : observers) {
      observer.healed(tenant);
    }
  }

  @Override
  public void closed(String task) {
    for (EngineObserver observer : observers) {
      observer.closed(task);
    }
  }
}
