package dev.hyperflow.topology.decode;

import dev.hyperflow.engine.event.Event;
import dev.hyperflow.engine.event.Rejection;
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
