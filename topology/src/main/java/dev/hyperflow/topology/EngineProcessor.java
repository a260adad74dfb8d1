package dev.hyperflow.topology;

import dev.hyperflow.engine.AdaptationModel;
import dev.hyperflow.engine.Engine;
import dev.hyperflow.engine.EngineSettings;
import dev.hyperflow.engine.event.Output;
import dev.hyperflow.topology.decode.PendingEvent;
import dev.hyperflow.topology.emit.DeadLetters;
import dev.hyperflow.topology.emit.Heads;
import dev.hyperflow.topology.emit.Predictions;
import dev.hyperflow.topology.state.EngineStores;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/** Feeds the engine and sends its outputs to the sinks. */
final class EngineProcessor implements Processor<byte[], PendingEvent, byte[], Object> {
  private final Wiring wiring;
  private ProcessorContext<byte[], Object> context;
  private Engine engine;
  private EngineSensors sensors;

  private EngineProcessor(Wiring wiring) {
    this.wiring = wiring;
  }

  /**
   * What an engine processor works with.
   *
   * @param settings the engine's settings
   * @param model the bundle's parts; shared by all processors
   * @param cachedHeads most heads of a task kept decoded on the heap
   * @param headsTopic whether adapted heads are published
   */
  record Wiring(
      EngineSettings settings, AdaptationModel model, int cachedHeads, boolean headsTopic) {}

  /** Supplies the processor together with its stores. */
  static ProcessorSupplier<byte[], PendingEvent, byte[], Object> supplier(Wiring wiring) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], PendingEvent, byte[], Object> get() {
        return new EngineProcessor(wiring);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return EngineStores.builders();
      }
    };
  }

  @Override
  public void init(ProcessorContext<byte[], Object> newContext) {
    this.context = newContext;
    this.sensors = new EngineSensors(newContext.metrics(), newContext.taskId());
    this.engine =
        new Engine(
            wiring.settings(),
            wiring.model(),
            EngineStores.ports(
                newContext, wiring.settings().memory().precision(), wiring.cachedHeads()));
  }

  @Override
  public void process(Record<byte[], PendingEvent> record) {
    for (Output output : engine.process(List.of(record.value().event()))) {
      sensors.record(output);
      emit(record, output);
    }
  }

  private void emit(Record<byte[], PendingEvent> record, Output output) {
    if (output instanceof Output.Answer answer) {
      context.forward(Predictions.record(record, answer), HyperFlowTopology.PREDICTIONS);
    } else if (output instanceof Output.Rejected rejected) {
      context.forward(
          DeadLetters.record(record, record.value().source(), rejected.rejection()),
          HyperFlowTopology.DEAD_LETTERS);
    } else if (wiring.headsTopic()) {
      publishHead(record, output);
    }
  }

  private void publishHead(Record<byte[], PendingEvent> record, Output output) {
    if (output instanceof Output.HeadAdapted adapted) {
      context.forward(Heads.record(adapted), HyperFlowTopology.HEADS);
    } else if (output instanceof Output.HeadWithdrawn) {
      context.forward(record.<Object>withValue(null), HyperFlowTopology.HEADS);
    }
  }

  @Override
  public void close() {
    if (sensors != null) {
      sensors.close();
    }
  }
}
