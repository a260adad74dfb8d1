package dev.hyperflow.topology.internal.decode;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.Rejection;
import java.util.function.Function;

/** What became of a raw record: an event, or a refusal. */
public sealed interface Decoded {

  <T> T fold(Function<Event, T> onEvent, Function<Rejection, T> onRefused);

  record Accepted(Event event) implements Decoded {
    @Override
    public <T> T fold(Function<Event, T> onEvent, Function<Rejection, T> onRefused) {
      return onEvent.apply(event);
    }
  }

  record Refused(Rejection rejection) implements Decoded {
    @Override
    public <T> T fold(Function<Event, T> onEvent, Function<Rejection, T> onRefused) {
      return onRefused.apply(rejection);
    }
  }
}
