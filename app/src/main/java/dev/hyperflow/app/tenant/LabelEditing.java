package dev.hyperflow.app.tenant;

import dev.hyperflow.engine.internal.event.NameRule;
import dev.hyperflow.server.json.Tenants;
import dev.hyperflow.server.json.Write;
import dev.hyperflow.server.time.BoundedWait;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Changes a tenant's labels and the labels of its examples, and sees to it that it is so. */
public final class LabelEditing {
  private static final Duration POLL = Duration.ofMillis(100);

  private final TenantApi api;

  /** Editing over an API. */
  public LabelEditing(TenantApi api) {
    this.api = api;
  }

  /**
   * That an event took effect.
   *
   * @param written the acknowledged event
   * @param tenant as it was when the effect was seen
   */
  public record Done(Write.SupportWritten written, Tenants.Detail tenant) {}

  /**
   * Gives a label another name and waits until the tenant has it.
   *
   * @throws ApiException when the tenant has no such label, when another label has the name, or
   *     when the tenant does not have it after all the time there is
   */
  public Done rename(String tenant, String label, String name) throws InterruptedException {
    Tenants.Detail before = withLabel(tenant, label);
    String to = NameRule.normal(name);
    if (has(before, to)) {
      throw refused(
          "NEW: expected a name that no label of %s has, found %s. 'merge-labels' makes two one"
              .formatted(Printable.of(tenant), Printable.of(to)));
    }
    return changed(tenant, Write.Operation.RENAME_LABEL, named(before, label), to);
  }

  /**
   * Makes the examples of a label examples of another one and waits until the label is gone.
   *
   * @throws ApiException when the tenant has not both labels, or still has the first after all the
   *     time there is
   */
  public Done merge(String tenant, String label, String into) throws InterruptedException {
    Tenants.Detail before = withLabel(tenant, label);
    String from = named(before, label);
    String target = named(before, into);
    if (!has(before, target)) {
      throw refused(
          "INTO: expected a label of %s, found %s. 'rename-label' gives a label a new name"
              .formatted(Printable.of(tenant), Printable.of(into)));
    }
    if (from.equals(target)) {
      throw refused(
          "INTO: expected another label than %s, found the same".formatted(Printable.of(label)));
    }
    return changed(tenant, Write.Operation.MERGE_LABELS, from, target);
  }

  /**
   * Gives an example another label: the same event once more, with that label.
   *
   * @throws ApiException when the tenant has no example of that event, or does not have it under
   *     that label after all the time there is
   */
  public Done relabel(String tenant, String eventId, String name) throws InterruptedException {
    TenantApi.SupportSet set = api.support(tenant);
    Write.Support event = example(set, tenant, eventId);
    String label = NameRule.normal(name);
    if (event.label().equals(label)) {
      throw refused(
          "LABEL: expected another label than that of %s, found the same"
              .formatted(Printable.of(eventId)));
    }
    return awaitedSet(
        tenant,
        set.fingerprint(),
        api.write(tenant, SupportLine.write(event.withLabel(label))),
        after -> find(after, event.eventId()).filter(now -> now.label().equals(label)).isPresent());
  }

  /**
   * Takes an example back.
   *
   * @throws ApiException when the tenant has no example of that event, or still has it after all
   *     the time there is
   */
  public Done retract(String tenant, String eventId) throws InterruptedException {
    TenantApi.SupportSet set = api.support(tenant);
    String known = example(set, tenant, eventId).eventId();
    return awaitedSet(
        tenant,
        set.fingerprint(),
        api.retract(tenant, known),
        after -> find(after, known).isEmpty());
  }

  private Tenants.Detail withLabel(String tenant, String label) throws InterruptedException {
    Tenants.Detail detail = api.detail(tenant);
    if (!has(detail, named(detail, label))) {
      throw refused(
          "LABEL: expected a label of %s, found %s"
              .formatted(Printable.of(tenant), Printable.of(label)));
    }
    return detail;
  }

  /** What a name names as it came, or else in its normal form. */
  private static String named(Tenants.Detail detail, String label) {
    return has(detail, label) ? label : NameRule.normal(label);
  }

  private static boolean has(Tenants.Detail detail, String label) {
    return detail.labelsDetail().stream().anyMatch(one -> one.label().equals(label));
  }

  private static Write.Support example(TenantApi.SupportSet set, String tenant, String eventId) {
    return find(set, eventId)
        .or(() -> find(set, NameRule.normal(eventId)))
        .orElseThrow(
            () ->
                refused(
                    "EVENT: expected the event id of an example of %s, found %s"
                        .formatted(Printable.of(tenant), Printable.of(eventId))));
  }

  private static Optional<Write.Support> find(TenantApi.SupportSet set, String eventId) {
    return set.events().stream().filter(event -> eventId.equals(event.eventId())).findFirst();
  }

  /** Has one name take the place of another. */
  private Done changed(String tenant, Write.Operation operation, String label, String target)
      throws InterruptedException {
    return awaited(
        tenant,
        api.write(
            tenant, SupportLine.write(Write.Support.ofNames(operation, null, label, target, null))),
        after -> !has(after, label) && has(after, target));
  }

  private Done awaited(
      String tenant, Write.SupportWritten written, Predicate<Tenants.Detail> effect)
      throws InterruptedException {
    BoundedWait wait = new BoundedWait(api.patience(), POLL);
    do {
      Optional<Tenants.Detail> now = api.known(tenant).filter(effect);
      if (now.isPresent()) {
        return new Done(written, now.get());
      }
    } while (wait.again());
    throw missing(tenant, written);
  }

  /** The whole set is large: it is read only when it is another one. */
  private Done awaitedSet(
      String tenant,
      String before,
      Write.SupportWritten written,
      Predicate<TenantApi.SupportSet> effect)
      throws InterruptedException {
    BoundedWait wait = new BoundedWait(api.patience(), POLL);
    String seen = before;
    do {
      Optional<Tenants.Detail> now = api.known(tenant);
      if (now.isPresent() && !now.get().fingerprint().equals(seen)) {
        seen = now.get().fingerprint();
        if (now.get().examples() == 0 || effect.test(api.support(tenant))) {
          return new Done(written, now.get());
        }
      }
    } while (wait.again());
    throw missing(tenant, written);
  }

  private static ApiException refused(String message) {
    return new ApiException(ApiException.Kind.REFUSED, message);
  }

  private static ApiException missing(String tenant, Write.SupportWritten written) {
    return new ApiException(
        ApiException.Kind.FAILED,
        "%s: expected the effect of %s:%d:%d, found none. The dead letters list refused records"
            .formatted(
                Printable.of(tenant), written.topic(), written.partition(), written.offset()));
  }
}
