package dev.hyperflow.app.review;

import dev.hyperflow.app.tenant.ApiException;
import dev.hyperflow.app.tenant.Printable;
import dev.hyperflow.app.tenant.TenantApi;
import dev.hyperflow.server.json.Predict;
import dev.hyperflow.server.json.Queries;
import dev.hyperflow.server.json.Tenants;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A review by lines: shows a query, reads what to do with it. For one thread. */
public final class Review {
  private static final String KEYS =
      "Enter accepts 1, 1-9 give a label, letters search one, N new label, S skip, Z undo, Q quit";
  private static final int MAX_CHOICES = 9;

  private final TenantApi api;
  private final String tenant;
  private final BufferedReader in;
  private final PrintWriter out;
  private final Screen screen;
  private final Queue queue;
  private final Deque<Step> done = new ArrayDeque<>();
  private final TreeSet<String> labels = new TreeSet<>();
  private Tally tally = Tally.NONE;

  /**
   * A review of a tenant's queries.
   *
   * @param filters parameters of the API: sort, filter, label, text, max-age
   * @param in one line for each key; its end quits
   */
  public Review(
      TenantApi api,
      String tenant,
      Map<String, String> filters,
      BufferedReader in,
      PrintWriter out,
      Screen screen) {
    this.api = api;
    this.tenant = tenant;
    this.in = in;
    this.out = out;
    this.screen = screen;
    this.queue = new Queue(api, tenant, filters);
  }

  /** Reviews until the queries or the lines end. */
  public Tally run() throws InterruptedException {
    api.known(tenant)
        .ifPresent(
            known -> known.labelsDetail().stream().map(Tenants.Label::label).forEach(labels::add));
    Optional<Queries.Row> row = queue.take();
    if (row.isEmpty()) {
      api.requireHeld(tenant);
    }
    out.println(screen.faint(row.isPresent() ? KEYS : "Nothing to review."));
    queue.hint().ifPresent(hint -> out.println(screen.faint(Printable.of(hint))));
    while (row.isPresent() && review(row.get())) {
      row = queue.take();
    }
    if (row.isEmpty() && !done.isEmpty()) {
      out.println("\nAll queries are reviewed.");
    }
    return tally;
  }

  /** Whether the review goes on. */
  private boolean review(Queries.Row row) throws InterruptedException {
    List<String> choices = show(row);
    while (true) {
      Optional<String> line = read("> ");
      if (line.isEmpty() || line.get().equalsIgnoreCase("q")) {
        return false;
      }
      String key = line.get();
      if (key.equalsIgnoreCase("s")) {
        done(Step.skipped(row));
        return true;
      }
      if (key.equalsIgnoreCase("z")) {
        if (undo(row)) {
          return true;
        }
        continue;
      }
      Optional<String> label =
          key.equalsIgnoreCase("n") ? read("New label: ") : chosen(key, choices);
      if (label.filter(text -> !text.isEmpty()).isPresent() && give(row, label.get())) {
        return true;
      }
    }
  }

  private List<String> show(Queries.Row row) throws InterruptedException {
    Optional<Predict.Answer> now = now(row);
    List<Predict.Probability> probabilities = now.map(Predict.Answer::labels).orElse(List.of());
    List<Predict.Influence> influence =
        now.flatMap(answer -> Optional.ofNullable(answer.influence())).orElse(List.of());
    out.print(screen.query(row, done.size() + 1, queue.total(), probabilities, influence));
    return new ArrayList<>(probabilities.stream().map(Predict.Probability::label).toList());
  }

  /** The answer of now, without the examples that mattered where that is too much work. */
  private Optional<Predict.Answer> now(Queries.Row row) throws InterruptedException {
    for (boolean influence : new boolean[] {true, false}) {
      try {
        return Optional.of(api.predict(tenant, row.queryId(), MAX_CHOICES, influence));
      } catch (ApiException e) {
        if (e.kind() != ApiException.Kind.REFUSED) {
          throw e;
        }
      }
    }
    return Optional.empty();
  }

  /** The label that a line means; empty when it means none, which is said. */
  private Optional<String> chosen(String key, List<String> choices) {
    if (key.isEmpty()) {
      if (choices.isEmpty()) {
        out.println("There is no answer to accept. N makes a new label.");
      }
      return choices.stream().findFirst();
    }
    if (key.matches("[1-9]")) {
      int number = Integer.parseInt(key);
      if (number > choices.size()) {
        out.printf("expected 1 to %d, found %d%n", choices.size(), number);
        return Optional.empty();
      }
      return Optional.of(choices.get(number - 1));
    }
    return searched(key, choices);
  }

  private Optional<String> searched(String part, List<String> choices) {
    String lowerCase = part.toLowerCase(Locale.ROOT);
    List<String> found =
        labels.stream()
            .filter(label -> label.toLowerCase(Locale.ROOT).contains(lowerCase))
            .toList();
    List<String> exact = found.stream().filter(part::equalsIgnoreCase).toList();
    if (exact.size() == 1) {
      return Optional.of(exact.get(0));
    }
    if (found.size() == 1) {
      return Optional.of(found.get(0));
    }
    if (found.isEmpty()) {
      out.println(
          screen.wrapped(
              "No label contains '%s'. N makes a new one.".formatted(Printable.of(part))));
      return Optional.empty();
    }
    choices.clear();
    choices.addAll(found.subList(0, Math.min(MAX_CHOICES, found.size())));
    out.print(screen.labels(choices));
    if (found.size() > MAX_CHOICES) {
      out.printf("%d more; more letters find fewer%n", found.size() - MAX_CHOICES);
    }
    return Optional.empty();
  }

  /** Gives a label; false when the application refuses it, which is said. */
  private boolean give(Queries.Row row, String label) throws InterruptedException {
    try {
      String eventId = api.label(tenant, row.queryId(), label).eventId();
      done(new Step(row, Optional.of(eventId), label.equals(row.label()), labels.add(label)));
      out.println(screen.cut("  " + Printable.of(label)));
      return true;
    } catch (ApiException e) {
      if (e.kind() != ApiException.Kind.REFUSED) {
        throw e;
      }
      out.println(screen.wrapped(e.getMessage()));
      return false;
    }
  }

  private void done(Step step) {
    done.push(step);
    tally = tally.with(step);
  }

  /** Goes back to the query before; false when there is none. */
  private boolean undo(Queries.Row current) throws InterruptedException {
    if (done.isEmpty()) {
      out.println("There is nothing to undo.");
      return false;
    }
    Step last = done.pop();
    if (last.eventId().isPresent()) {
      api.retract(tenant, last.eventId().get());
    }
    tally = tally.without(last);
    queue.putBack(current);
    queue.putBack(last.query());
    return true;
  }

  private Optional<String> read(String prompt) {
    out.print(prompt);
    out.flush();
    try {
      return Optional.ofNullable(in.readLine()).map(String::strip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
