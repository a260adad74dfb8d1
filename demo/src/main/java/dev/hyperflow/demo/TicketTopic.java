package dev.hyperflow.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hyperflow.engine.internal.texts.DataFormatException;
import dev.hyperflow.topology.errors.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A topic as a help desk of somebody else might have it: plain JSON, keyed by the ticket's id. It
 * knows nothing of this project.
 */
final class TicketTopic {
  static final String NAME = "helpdesk.tickets";

  /** Not as many as the application's topics have. */
  private static final int PARTITIONS = 3;

  private static final ObjectMapper JSON = new ObjectMapper();

  private TicketTopic() {}

  /** A ticket, or a change of one. */
  record Ticket(String id, String json) {}

  /**
   * The tickets of a file: a JSON object in each line, with an id.
   *
   * @throws DataFormatException that names the line
   */
  static List<Ticket> read(Path file) {
    List<Ticket> tickets = new ArrayList<>();
    int line = 0;
    try {
      for (String text : Files.readAllLines(file)) {
        line++;
        if (!text.isBlank()) {
          JsonNode id = JSON.readTree(text).path("id");
          if (!id.isValueNode() || id.asText().isBlank()) {
            throw new DataFormatException(
                "%s, line %d: expected a ticket with an id, found none".formatted(file, line));
          }
          tickets.add(new Ticket(id.asText(), text));
        }
      }
      return tickets;
    } catch (JsonProcessingException e) {
      throw new DataFormatException(
          "%s, line %d: expected a JSON object, found: %s"
              .formatted(file, line, e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new DataFormatException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Makes the topic with these tickets, in their order. One that is there already stays as it is.
   *
   * @throws StartupException when the broker refuses
   */
  static void write(String bootstrapServers, List<Ticket> tickets) throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.createTopics(List.of(new NewTopic(NAME, PARTITIONS, (short) 1))).all().get();
      send(bootstrapServers, tickets);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new StartupException("topic '%s': %s".formatted(NAME, e.getCause()), e);
      }
    }
  }

  /** Adds tickets to the topic, in their order. */
  static void send(String bootstrapServers, List<Ticket> tickets)
      throws InterruptedException, ExecutionException {
    StringSerializer text = new StringSerializer();
    try (Producer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "acks", "all"), text, text)) {
      for (Ticket ticket : tickets) {
        // One after the other: a category comes later than its ticket, in time as well.
        producer.send(new ProducerRecord<>(NAME, ticket.id(), ticket.json())).get();
      }
    }
  }
}
