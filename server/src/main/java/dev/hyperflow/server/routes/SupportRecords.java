package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.TenantSettings;
import dev.hyperflow.events.QueryConsistency;
import dev.hyperflow.events.QueryEvent;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.schemas.PackedFeatures;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.json.Write;
import java.util.Optional;
import java.util.Set;

/** Requests as the engine's events, to be checked, and as Avro records, to be written. */
final class SupportRecords {
  private static final Set<Write.Operation> OF_LABEL =
      Set.of(
          Write.Operation.ADD,
          Write.Operation.DESCRIBE_LABEL,
          Write.Operation.FORGET_LABEL,
          Write.Operation.FEEDBACK,
          Write.Operation.RENAME_LABEL,
          Write.Operation.MERGE_LABELS);

  private static final Set<Write.Operation> OF_TWO_LABELS =
      Set.of(Write.Operation.RENAME_LABEL, Write.Operation.MERGE_LABELS);

  private static final Set<Write.Operation> OF_PAYLOAD =
      Set.of(Write.Operation.ADD, Write.Operation.DESCRIBE_LABEL);

  private static final Set<Write.Operation> OF_TERMS =
      Set.of(Write.Operation.ADD, Write.Operation.DESCRIBE_LABEL, Write.Operation.FEEDBACK);

  private SupportRecords() {}

  /**
   * The event of a request.
   *
   * @throws ProblemException when a field is missing, or is not one of the operation's
   */
  static Event event(String tenant, long now, String eventId, Write.Support request) {
    Write.Operation operation = required("operation", request.operation(), request.operation());
    if (OF_LABEL.contains(operation)) {
      required("label", operation, request.label());
    } else {
      none("label", operation, request.label());
    }
    if (OF_TWO_LABELS.contains(operation)) {
      required("targetLabel", operation, request.targetLabel());
    } else {
      none("targetLabel", operation, request.targetLabel());
    }
    if (!OF_PAYLOAD.contains(operation)) {
      none("text", operation, request.text());
      none("features", operation, request.features());
    }
    if (!OF_TERMS.contains(operation)) {
      none("weight", operation, request.weight());
      none("expiresAt", operation, request.expiresAt());
    }
    if (operation != Write.Operation.RETRACT) {
      none("targetEventId", operation, request.targetEventId());
    }
    if (operation != Write.Operation.FEEDBACK) {
      none("queryId", operation, request.queryId());
    }
    if (operation != Write.Operation.CONFIGURE) {
      none("settings", operation, request.settings());
    }
    ExampleTerms terms =
        new ExampleTerms(
            request.weight() == null ? 1 : request.weight(),
            request.expiresAt() == null ? ExampleTerms.NEVER : request.expiresAt());
    return switch (operation) {
      case ADD ->
          new Event.Add(
              tenant,
              now,
              eventId,
              request.label(),
              terms,
              Payloads.ofExample(request.text(), request.features()));
      case DESCRIBE_LABEL ->
          new Event.Describe(
              tenant,
              now,
              eventId,
              request.label(),
              terms,
              Payloads.ofExample(request.text(), request.features()));
      case FEEDBACK ->
          new Event.Feedback(
              tenant,
              now,
              eventId,
              required("queryId", operation, request.queryId()),
              request.label(),
              terms);
      case RETRACT ->
          new Event.Retract(
              tenant, now, required("targetEventId", operation, request.targetEventId()));
      case FORGET_LABEL -> new Event.ForgetLabel(tenant, now, request.label());
      case RENAME_LABEL ->
          new Event.RenameLabel(tenant, now, request.label(), request.targetLabel());
      case MERGE_LABELS ->
          new Event.MergeLabels(tenant, now, request.label(), request.targetLabel());
      case CONFIGURE ->
          new Event.Configure(
              tenant, now, settings(required("settings", operation, request.settings())));
    };
  }

  private static TenantSettings settings(Write.Settings settings) {
    return new TenantSettings(
        Optional.ofNullable(settings.examplesPerLabel()),
        Optional.ofNullable(settings.consistency()),
        Optional.ofNullable(settings.abstainBelow()),
        Boolean.TRUE.equals(settings.pinned()));
  }

  private static <T> T required(String field, Write.Operation operation, T value) {
    if (value == null) {
      throw ProblemException.invalid(
          field,
          "expected %s, found none"
              .formatted(operation == null ? "an operation" : "a value for " + operation));
    }
    return value;
  }

  private static void none(String field, Write.Operation operation, Object value) {
    if (value != null) {
      throw ProblemException.invalid(field, "expected none for %s, found one".formatted(operation));
    }
  }

  /** The record of a request that was checked. */
  static SupportEvent support(String eventId, Write.Support request) {
    SupportEvent.Builder record =
        SupportEvent.newBuilder()
            .setEventId(eventId)
            .setOperation(SupportOperation.valueOf(request.operation().name()))
            .setLabel(request.label())
            .setTargetLabel(request.targetLabel())
            .setTargetEventId(request.targetEventId())
            .setQueryId(request.queryId())
            .setExpiresAtEpochMillis(request.expiresAt());
    if (request.weight() != null) {
      record.setWeight(request.weight());
    }
    if (OF_PAYLOAD.contains(request.operation())) {
      Payload payload = Payloads.ofExample(request.text(), request.features());
      record.setPayload(payload(payload));
      if (payload instanceof Payload.Features) {
        record.setText(request.text());
      }
    }
    if (request.settings() != null) {
      record.setSettings(avro(request.settings()));
    }
    return record.build();
  }

  private static dev.hyperflow.events.TenantSettings avro(Write.Settings settings) {
    return dev.hyperflow.events.TenantSettings.newBuilder()
        .setExamplesPerLabel(settings.examplesPerLabel())
        .setConsistency(
            settings.consistency() == null
                ? null
                : QueryConsistency.valueOf(settings.consistency().name()))
        .setAbstainBelow(settings.abstainBelow())
        .setPinned(settings.pinned())
        .build();
  }

  /** The record of a query. */
  static QueryEvent query(String queryId, Payload payload) {
    return QueryEvent.newBuilder().setQueryId(queryId).setPayload(payload(payload)).build();
  }

  private static Object payload(Payload payload) {
    return payload instanceof Payload.Text text
        ? new TextPayload(text.text())
        : PackedFeatures.pack(((Payload.Features) payload).vector().toArray());
  }
}
