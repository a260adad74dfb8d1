package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.encode.PayloadEncoder;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Reason;
import dev.hyperflow.engine.internal.validate.EventValidator;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.models.internal.TextRole;
import dev.hyperflow.server.http.Call;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.Json;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.http.Reply;
import dev.hyperflow.server.http.Route;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.instance.TopicWriter;
import dev.hyperflow.server.json.Write;
import dev.hyperflow.topology.internal.rollout.ModelLease;
import dev.hyperflow.topology.internal.source.TenantKeys;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Writes support events and queries to the topics. What the engine would refuse for its form is
 * refused here, with the field's name; what depends on the tenant's memory shows in the dead
 * letters.
 */
final class WriteRoutes {
  private static final String PATH = "/api/v1/tenants/{tenant}";
  private static final int ACCEPTED = 202;

  /** Clocks of machines differ. */
  private static final long AHEAD_MILLIS = 60_000;

  private final Instance instance;
  private final TopicWriter writer;
  private final InstantSource clock;
  private final EventValidator validator;

  /** Routes over an instance. */
  WriteRoutes(Instance instance, TopicWriter writer, InstantSource clock) {
    this.instance = instance;
    this.writer = writer;
    this.clock = clock;
    this.validator = new EventValidator(instance.config().engine().limits());
  }

  List<Route> routes() {
    return List.of(
        Route.post(
            PATH + "/support",
            Route.Access.WRITE_TENANT,
            Route.Doc.takes(
                "Writes a support event, and answers when the brokers have it",
                Write.Support.class,
                ACCEPTED,
                Write.SupportWritten.class),
            this::support),
        Route.post(
            PATH + "/feedback",
            Route.Access.WRITE_TENANT,
            Route.Doc.takes(
                "Writes the true label of a remembered query, and answers when the brokers have it",
                Write.Feedback.class,
                ACCEPTED,
                Write.SupportWritten.class),
            this::feedback),
        Route.post(
            PATH + "/queries",
            Route.Access.WRITE_TENANT,
            Route.Doc.takes(
                "Writes a query, and answers when the brokers have it",
                Write.Query.class,
                ACCEPTED,
                Write.QueryWritten.class),
            this::query),
        Route.post(
            PATH + "/labels/{label}/rename",
            Route.Access.WRITE_TENANT,
            Route.Doc.takes(
                "Gives a label a new name, and answers when the brokers have the event",
                Write.Rename.class,
                ACCEPTED,
                Write.SupportWritten.class),
            this::rename),
        Route.post(
            PATH + "/labels/{label}/merge",
            Route.Access.WRITE_TENANT,
            Route.Doc.takes(
                "Makes the examples of a label examples of another one, and answers when the"
                    + " brokers have the event",
                Write.Merge.class,
                ACCEPTED,
                Write.SupportWritten.class),
            this::merge),
        new Route(
            "DELETE",
            PATH,
            Route.Access.WRITE_TENANT,
            new Route.Doc(
                "Forgets all of a tenant, in every partition: for admin, or a token bound to that"
                    + " tenant",
                List.of(),
                Optional.empty(),
                ACCEPTED,
                Optional.of(Write.SupportWritten.class)),
            this::forget));
  }

  private Reply support(Call call) {
    return support(call, Json.read(call.body(), Write.Support.class));
  }

  private Reply rename(Call call) {
    Write.Rename request = Json.read(call.body(), Write.Rename.class);
    required("to", request.to());
    return labels(call, Write.Operation.RENAME_LABEL, request.eventId(), request.to());
  }

  private Reply merge(Call call) {
    Write.Merge request = Json.read(call.body(), Write.Merge.class);
    required("into", request.into());
    return labels(call, Write.Operation.MERGE_LABELS, request.eventId(), request.into());
  }

  private Reply labels(Call call, Write.Operation operation, String eventId, String target) {
    return support(
        call, Write.Support.ofNames(operation, eventId, call.path().get("label"), target, null));
  }

  private static void required(String field, String value) {
    if (value == null) {
      throw ProblemException.invalid(field, "expected a label, found none");
    }
  }

  /** One event id for each query: the same label twice is one label, another one replaces it. */
  private Reply feedback(Call call) {
    Write.Feedback request = Json.read(call.body(), Write.Feedback.class);
    String queryId = request.queryId();
    String eventId = request.eventId();
    return support(
        call,
        Write.Support.ofNames(
            Write.Operation.FEEDBACK,
            eventId == null && queryId != null ? feedbackId(queryId) : eventId,
            request.label(),
            null,
            queryId));
  }

  private String feedbackId(String queryId) {
    String id = "feedback-" + queryId;
    return id.length() <= instance.config().engine().limits().idLength()
        ? id
        : "feedback-" + UUID.nameUUIDFromBytes(queryId.getBytes(StandardCharsets.UTF_8));
  }

  private Reply support(Call call, Write.Support request) {
    String eventId = orNew(request.eventId());
    long now = time(request);
    Event event = SupportRecords.event(call.tenant(), now, eventId, request);
    requireText("eventId", eventId);
    requireText("label", request.label());
    requireText("targetLabel", request.targetLabel());
    requireText("text", request.text());
    requireText("targetEventId", request.targetEventId());
    requireText("queryId", request.queryId());
    check(event);
    check(
        new Event.Add(
            call.tenant(), now, eventId, "label", ExampleTerms.ORDINARY, new Payload.Text("text")));
    if (request.operation() == Write.Operation.FEEDBACK
        && instance.config().engine().query().feedbackWindowMillis() == 0) {
      throw ProblemException.of(
              ErrorCode.NOT_CONFIGURED,
              "operation: expected no FEEDBACK while feedback.window.ms is 0, found one")
          .withReason(Reason.UNSUPPORTED_OPERATION.name());
    }
    event.toEncode().ifPresent(payload -> checkPayload(call.tenant(), payload));
    checkEncoder(call.tenant(), request);
    return written(call, eventId, SupportRecords.support(eventId, request), request.timestamp());
  }

  /**
   * The event time of a request. A record of the future would wait behind all queries of its
   * partition, and the labels of other tenants behind it.
   */
  private long time(Write.Support request) {
    long now = clock.millis();
    if (request.timestamp() == null) {
      return now;
    }
    if (request.timestamp() < 0 || request.timestamp() > now + AHEAD_MILLIS) {
      throw ProblemException.invalid(
          "timestamp",
          "expected milliseconds since the epoch, not later than now, found "
              + request.timestamp());
    }
    return request.timestamp();
  }

  /** Features of another encoder would be taken for those of this one. */
  private void checkEncoder(String tenant, Write.Support request) {
    if (request.encoder() == null) {
      return;
    }
    if (request.features() == null) {
      throw ProblemException.invalid("encoder", "expected none without features, found one");
    }
    try (ModelLease lease = instance.view().model(tenant)) {
      String own = lease.model().featureSpace();
      if (!own.isEmpty() && !own.equals(request.encoder())) {
        throw ProblemException.ofField(
            ErrorCode.NOT_CONFIGURED,
            "encoder",
            "encoder: expected the application's encoder %s, found another".formatted(own));
      }
    }
  }

  private Reply query(Call call) {
    Write.Query request = Json.read(call.body(), Write.Query.class);
    String queryId = orNew(request.queryId());
    Payload payload = Payloads.of("", request.text(), request.features());
    requireText("queryId", queryId);
    requireText("text", request.text());
    check(new Event.Query(call.tenant(), clock.millis(), queryId, payload));
    checkPayload(call.tenant(), payload);
    RecordMetadata at =
        writer.write(
            instance.config().topics().queries(),
            TenantKeys.encode(call.tenant()),
            SupportRecords.query(queryId, payload));
    return Reply.json(
        ACCEPTED, new Write.QueryWritten(queryId, at.topic(), at.partition(), at.offset()));
  }

  private Reply forget(Call call) {
    boolean own = call.grant().tenants().isPresent();
    if (!own && !call.grant().includes(dev.hyperflow.server.http.Scope.ADMIN)) {
      throw ProblemException.of(
          ErrorCode.FORBIDDEN,
          "token: expected scope ADMIN or a token for this tenant, found another");
    }
    check(new Event.ForgetTenant(call.tenant(), clock.millis()));
    String eventId = orNew(null);
    RecordMetadata at =
        writer.writeEverywhere(
            instance.config().topics().support(),
            TenantKeys.encode(call.tenant()),
            SupportEvent.newBuilder()
                .setEventId(eventId)
                .setOperation(SupportOperation.FORGET_TENANT)
                .build());
    return Reply.json(
        ACCEPTED, new Write.SupportWritten(eventId, at.topic(), at.partition(), at.offset()));
  }

  private Reply written(Call call, String eventId, SupportEvent record, Long timestamp) {
    RecordMetadata at =
        writer.write(
            instance.config().topics().support(),
            TenantKeys.encode(call.tenant()),
            record,
            timestamp);
    return Reply.json(
        ACCEPTED, new Write.SupportWritten(eventId, at.topic(), at.partition(), at.offset()));
  }

  private static String orNew(String id) {
    return id == null ? UUID.randomUUID().toString() : id;
  }

  private void check(Event event) {
    validator
        .check(event)
        .ifPresent(
            rejection -> {
              throw Payloads.refusal("", rejection);
            });
  }

  /** Features by their number; a text by there being an encoder. */
  private void checkPayload(String tenant, Payload payload) {
    try (ModelLease lease = instance.view().model(tenant)) {
      if (payload instanceof Payload.Text && lease.model().encoder().isPresent()) {
        return;
      }
      new PayloadEncoder(Optional.empty(), lease.model().dimension())
          .encode(List.of(payload), List.of(TextRole.EXAMPLE))
          .get(0)
          .fold(
              Function.identity(),
              refusal -> {
                throw Payloads.refusal("", refusal);
              });
    }
  }

  /** Half a surrogate pair has no bytes in UTF-8. */
  private static void requireText(String field, String text) {
    if (text != null && !StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw ProblemException.invalid(field, "expected Unicode text, found half a surrogate pair");
    }
  }
}
