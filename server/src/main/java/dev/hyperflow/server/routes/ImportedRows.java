package dev.hyperflow.server.routes;

import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.files.FileInspection;
import dev.hyperflow.engine.internal.files.FileRow;
import dev.hyperflow.engine.internal.validate.EventValidator;
import dev.hyperflow.engine.internal.validate.Limits;
import dev.hyperflow.engine.internal.validate.TextCut;
import dev.hyperflow.events.SupportEvent;
import dev.hyperflow.events.SupportOperation;
import dev.hyperflow.events.TextPayload;
import dev.hyperflow.server.http.ErrorCode;
import dev.hyperflow.server.http.Grant;
import dev.hyperflow.server.http.ProblemException;
import dev.hyperflow.server.instance.Instance;
import dev.hyperflow.server.instance.TopicWriter;
import dev.hyperflow.topology.internal.rollout.ModelLease;
import dev.hyperflow.topology.internal.source.TenantKeys;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Writes the rows of files as support events. Thread-safe. */
final class ImportedRows {
  private static final int MAX_UNDER_WAY = 512;

  /** A text of so many takes at most 768 KiB, and the usual limit of a record is 1 MiB. */
  private static final int MAX_CHARACTERS = 256 * 1024;

  private final Instance instance;
  private final TopicWriter writer;
  private final InstantSource clock;
  private final EventValidator validator;
  private final TextCut textCut;

  ImportedRows(Instance instance, TopicWriter writer, InstantSource clock) {
    this.instance = instance;
    this.writer = writer;
    this.clock = clock;
    this.validator = new EventValidator(instance.config().engine().limits());
    this.textCut = new TextCut(sendable(instance.config().engine().limits()));
  }

  /** Limits that cut only what no record can hold. */
  private static Limits sendable(Limits limits) {
    return new Limits(
        limits.idLength(),
        limits.labelLength(),
        Math.max(limits.textLength(), MAX_CHARACTERS),
        limits.featureDimension(),
        limits.maxWeight(),
        limits.longTexts());
  }

  /**
   * Begins an import.
   *
   * @param tenant whose rows they are; empty: the file says it
   * @param preview whether nothing is to be written
   */
  Import begin(Optional<String> tenant, Grant grant, boolean preview) {
    return new Import(tenant, grant, preview);
  }

  /** A row whose record the brokers have not acknowledged. */
  private record UnderWay(FileRow.Read row, TopicWriter.Sent record) {}

  /** The import of one file. For one thread. */
  final class Import {
    private final Optional<String> tenant;
    private final Grant grant;
    private final boolean preview;
    private final Set<String> encoded = new HashSet<>();
    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private boolean written;

    private Import(Optional<String> tenant, Grant grant, boolean preview) {
      this.tenant = tenant;
      this.grant = grant;
      this.preview = preview;
    }

    /**
     * Looks at a row, and writes it unless it is refused or counted already.
     *
     * @throws ProblemException when it cannot be written
     */
    void take(FileRow row, FileInspection inspection) {
      FileRow own = row instanceof FileRow.Read read ? checked(read) : row;
      if (inspection.add(own) && !preview) {
        write((FileRow.Read) own, inspection);
      }
    }

    private FileRow checked(FileRow.Read read) {
      String name = read.utterance().tenant();
      if (tenant.isPresent() && !name.equals(tenant.get())) {
        return new FileRow.Refused(
            read.line(), "tenant: expected %s, found %s".formatted(tenant.get(), name));
      }
      if (!grant.includes(name)) {
        return new FileRow.Refused(
            read.line(), "tenant: expected one of the token's tenants, found %s".formatted(name));
      }
      Optional<Rejection> rejection =
          validator.check(
              new Event.Add(
                  name,
                  clock.millis(),
                  read.eventId(),
                  read.utterance().label(),
                  ExampleTerms.ORDINARY,
                  payload(read)));
      return rejection.isPresent()
          ? new FileRow.Refused(
              read.line(), Payloads.refusal("", rejection.get()).problem().message())
          : read;
    }

    private void write(FileRow.Read read, FileInspection inspection) {
      String name = read.utterance().tenant();
      if (encoded.add(name)) {
        requireEncoder(name);
      }
      if (underWay.size() == MAX_UNDER_WAY) {
        await(underWay.remove(), inspection);
      }
      underWay.add(
          new UnderWay(
              read,
              writer.send(
                  instance.config().topics().support(),
                  TenantKeys.encode(name),
                  SupportEvent.newBuilder()
                      .setEventId(read.eventId())
                      .setOperation(SupportOperation.ADD)
                      .setLabel(read.utterance().label())
                      .setPayload(new TextPayload(payload(read).text()))
                      .build(),
                  null)));
      written = true;
    }

    /** A record that the topic does not take is the fault of its row alone. */
    private static void await(UnderWay sent, FileInspection inspection) {
      try {
        sent.record().await();
      } catch (ProblemException e) {
        if (e.problem().code() != ErrorCode.TOO_LARGE) {
          throw e;
        }
        inspection.refuse(new FileRow.Refused(sent.row().line(), e.getMessage()));
      }
    }

    /** The text, cut if no record can hold it. The engine cuts it to the limit, and counts that. */
    private Payload.Text payload(FileRow.Read read) {
      return new Payload.Text(textCut.cut(read.utterance().text()));
    }

    private void requireEncoder(String name) {
      try (ModelLease lease = instance.view().model(name)) {
        if (lease.model().encoder().isEmpty()) {
          throw ProblemException.of(
              ErrorCode.NOT_CONFIGURED,
              "bundle: expected an encoder, as files hold texts, found none");
        }
      }
    }

    /**
     * Waits until the brokers have all rows but those that are too large for the topic.
     *
     * @throws ProblemException when they do not acknowledge
     */
    void finish(FileInspection inspection) {
      while (!underWay.isEmpty()) {
        await(underWay.remove(), inspection);
      }
    }

    /** Whether the topics may have some of it. */
    boolean anyWritten() {
      return written;
    }
  }
}
