package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Rejection;
import java.util.function.Consumer;

/** What became of a raw record: an event, or a refusal. */
public sealed interface Decoded {

  /** Calls the consumer for the case that this is. */
  void handle(Consumer<Event> onEvent, Consumer<Rejection> onRefused);

  /** Whether it asks to forget all of its tenant. */
  default boolean isRemovalOfTenant() {
    return false;
  }

  record Accepted(Event event) implements Decoded {
    @Override
    public boolean isRemovalOfTenant() {
      return event instanceof Event.ForgetTenant;
    }

    @Override
    public void handle(Consumer<Event> onEvent, Consumer<Rejection> onRefused) {
      onEvent.accept(event);
    }
  }

  record Refused(Rejection rejection) implements Decoded {
    @Override
    public void handle(Consumer<Event> onEvent, Consumer<Rejection> onRefused) {
      onRefused.accept(rejection);
    }
  }
}
