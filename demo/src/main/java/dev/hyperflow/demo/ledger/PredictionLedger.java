package dev.hyperflow.demo.ledger;

import dev.hyperflow.demo.scenario.Scenario;
import dev.hyperflow.demo.scenario.ScenarioStep;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Compares what a scenario sent with what the application answered.
 *
 * <p>Safe for use by many threads: the driver reports what it sends, the observer what it reads,
 * the view takes snapshots. Times are milliseconds of one clock, whichever the callers agree on.
 */
public final class PredictionLedger {

  /** Number of latest judged queries that the recent accuracy is taken over. */
  public static final int WINDOW = 100;

  private final Map<String, ScenarioStep.Query> queries = new HashMap<>();
  private final int closingIndex;
  private final Map<String, TenantAccount> accounts = new LinkedHashMap<>();
  private final DeadLetterBook deadLetters = new DeadLetterBook();
  private final Set<String> sent = new HashSet<>();
  private final Set<String> answered = new HashSet<>();
  private int duplicates;
  private int unknown;

  /** A ledger for the records of this scenario, with nothing sent yet. */
  public PredictionLedger(Scenario scenario) {
    this.closingIndex = scenario.closingIndex();
    for (String tenant : scenario.tenants()) {
      accounts.put(tenant, new TenantAccount(tenant, WINDOW));
    }
    for (ScenarioStep step : scenario.steps()) {
      if (step instanceof ScenarioStep.Query query) {
        queries.put(query.queryId(), query);
      }
    }
  }

  /** An example is being sent. To be called in the order of sending. */
  public synchronized void exampleSent(ScenarioStep.Support step, long millis) {
    account(step).exampleSent(step, millis);
  }

  /** An example was sent by an earlier run. To be called in the order of sending. */
  public synchronized void exampleSentEarlier(ScenarioStep.Support step) {
    account(step).exampleSentEarlier(step);
  }

  /** A query is being sent, or was sent by an earlier run. */
  public synchronized void querySent(ScenarioStep.Query step) {
    if (sent.add(step.queryId())) {
      account(step).querySent();
    }
  }

  /** A broken record was sent, by this or an earlier run, and is there now. */
  public synchronized void brokenSent(ScenarioStep.Broken step, Coordinates where) {
    deadLetters.brokenSent(step, where);
  }

  /** An answer has arrived. */
  public synchronized void answered(Answer answer, long millis) {
    ScenarioStep.Query query = queries.get(answer.queryId());
    if (query == null) {
      unknown++;
    } else if (answered.add(answer.queryId())) {
      account(query).answered(query, answer, millis);
      if (query.index() >= closingIndex) {
        account(query).closingAnswered(answer);
      }
    } else {
      duplicates++;
    }
    notifyAll();
  }

  /** A dead letter has arrived. */
  public synchronized void deadLettered(Coordinates source, String reason) {
    deadLetters.seen(source, reason);
    notifyAll();
  }

  /** Number of queries sent and not answered. */
  public synchronized int inFlight() {
    return sent.size() - answered.size();
  }

  /**
   * Waits until fewer queries than that are in flight.
   *
   * @return whether that happened within the time
   */
  public synchronized boolean awaitInFlightBelow(int bound, Duration timeout)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (inFlight() >= bound) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /** Everything at this moment. */
  public synchronized LedgerSnapshot snapshot() {
    return new LedgerSnapshot(
        accounts.values().stream().map(TenantAccount::snapshot).toList(),
        deadLetters.snapshot(),
        duplicates,
        unknown);
  }

  private TenantAccount account(ScenarioStep step) {
    return accounts.get(step.tenant());
  }
}
