package dev.hyperflow.topology.internal.state;

import dev.hyperflow.engine.internal.remember.TornMemoryException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores the memory of a task from its changelogs when its stores do not fit each other. Where
 * the changelogs do not fit either, that cannot help: it is tried once for each task. Thread-safe.
 */
public final class TornMemoryRepair {
  private static final Logger LOG = LoggerFactory.getLogger(TornMemoryRepair.class);

  private static final List<String> PARTS =
      List.of(StoreNames.SUPPORT_MEMORY, StoreNames.TENANT_META, StoreNames.EXAMPLE_INDEX);

  private final Set<String> tried = ConcurrentHashMap.newKeySet();

  /**
   * Runs the work of a task.
   *
   * @param context the task's
   * @param prefix the one that the stores were built with
   * @throws TornMemoryException when nothing may be deleted, or the task was restored before
   */
  public void run(ProcessorContext<?, ?> context, NamePrefix prefix, Runnable work) {
    get(
        context,
        prefix,
        () -> {
          work.run();
          return null;
        });
  }

  /** As {@link #run}, for work that gives a value. */
  public <T> T get(ProcessorContext<?, ?> context, NamePrefix prefix, Supplier<T> work) {
    try {
      return work.get();
    } catch (TornMemoryException e) {
      String task = context.taskId().toString();
      if (!StateRepair.isAllowed(context.appConfigs()) || !tried.add(task)) {
        throw e;
      }
      LOG.atWarn()
          .addKeyValue("task", task)
          .addKeyValue("cause", e.getMessage())
          .log("Stores do not fit each other. The task restores them from their changelogs");
      PARTS.forEach(
          store -> RestorableStore.putMark(context.stateDir().toPath(), prefix.name(store)));
      throw StateRepair.of(context.taskId(), context.appConfigs(), e);
    }
  }
}
