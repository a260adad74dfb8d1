package dev.hyperflow.demo;

import dev.hyperflow.demo.ledger.Coordinates;
import dev.hyperflow.demo.ledger.PredictionLedger;
import dev.hyperflow.demo.scenario.Scenario;
import dev.hyperflow.demo.scenario.ScenarioStep;
import dev.hyperflow.topology.internal.config.Topics;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Finds out from the topics which steps an earlier run of the same demo has already sent, and
 * enters them in the ledger.
 *
 * <p>What counts is what the broker has, not what the earlier run believed to have sent. Partitions
 * are written side by side, so the steps sent need not be the first ones. Within a partition, and
 * so for a tenant, they are.
 */
final class SentSteps implements ScenarioStep.Visitor<Void> {

  private final Scenario scenario;
  private final PredictionLedger ledger;
  private final BitSet sent = new BitSet();
  private Coordinates where;

  private SentSteps(Scenario scenario, PredictionLedger ledger) {
    this.scenario = scenario;
    this.ledger = ledger;
  }

  /** Indices of the steps that need not be sent again. */
  static BitSet find(
      String bootstrapServers, Topics topics, Scenario scenario, PredictionLedger ledger) {
    SentSteps found = new SentSteps(scenario, ledger);
    try (TopicReader reader =
        new TopicReader(bootstrapServers, List.of(topics.support(), topics.queries()))) {
      reader.readToEnd(found::enter);
    }
    return found.sent;
  }

  private void enter(ConsumerRecord<byte[], byte[]> record) {
    OptionalInt index = StepRecords.indexOf(record.headers());
    if (index.isPresent() && index.getAsInt() < scenario.steps().size()) {
      sent.set(index.getAsInt());
      where = new Coordinates(record.topic(), record.partition(), record.offset());
      scenario.steps().get(index.getAsInt()).accept(this);
    }
  }

  @Override
  public Void support(ScenarioStep.Support step) {
    ledger.exampleSentEarlier(step);
    return null;
  }

  @Override
  public Void query(ScenarioStep.Query step) {
    ledger.querySent(step);
    return null;
  }

  @Override
  public Void broken(ScenarioStep.Broken step) {
    ledger.brokenSent(step, where);
    return null;
  }
}
