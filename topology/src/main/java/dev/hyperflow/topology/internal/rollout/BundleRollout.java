package dev.hyperflow.topology.internal.rollout;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.DeviceState;
import dev.hyperflow.models.internal.bundle.Bundle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bundles of an instance and the plan that its tasks follow. Thread-safe: stream threads join
 * and follow, one control thread changes.
 *
 * <p>Owns the bundles. One that no task uses any more is closed by {@link #settle()}; all others by
 * {@link #close()}, after the streams.
 */
public final class BundleRollout implements AutoCloseable {
  // A change is a new plan, put where tasks see it. Each task sets its engine on the way and notes
  // which bundles the engine uses. When all have come to where the plan leads, what the plan does
  // not name is closed. A task that begins meanwhile begins with the model that is to serve.
  //
  // A task is known by its id: should a thread crash without leaving, the next one takes its place.

  private static final Logger LOG = LoggerFactory.getLogger(BundleRollout.class);

  private final BundleLoad loader;
  private final boolean changes;
  private final Map<String, RolloutTask> tasks = new HashMap<>();
  private final List<OpenBundle> open = new ArrayList<>();
  private final Set<Bundle> encoders = new HashSet<>(); // bundles whose encoders are open
  private Optional<OpenBundle> serving;
  private Optional<OpenBundle> shadow = Optional.empty();
  private volatile RolloutPlan plan;
  private volatile TextCheck tenants = Optional::empty;
  private boolean rollsOut;

  private BundleRollout(
      BundleLoad loader, boolean changes, AdaptationModel model, Optional<OpenBundle> first) {
    this.loader = loader;
    this.changes = changes;
    this.serving = first;
    this.plan = new RolloutPlan(0, model, Optional.empty());
    first.ifPresent(
        bundle -> {
          open.add(bundle);
          encoders.add(bundle.encoderOwner());
        });
  }

  /** One model for good, which the caller owns. */
  public static BundleRollout fixed(AdaptationModel model) {
    return new BundleRollout(
        (location, withEncoder) -> {
          throw new BundleException("bundle " + location + ": expected no other bundle");
        },
        false,
        model,
        Optional.empty());
  }

  /**
   * Loads the bundle to begin with.
   *
   * @param changes whether other bundles may follow
   * @throws BundleException when it cannot be used
   */
  public static BundleRollout start(BundleReference bundle, boolean changes, BundleLoad loader) {
    OpenBundle first = OpenBundle.first(bundle, loader);
    return new BundleRollout(loader, changes, first.model(), Optional.of(first));
  }

  /** Whether the plan may ever change. */
  public boolean changes() {
    return changes;
  }

  /** Has a bundle with another encoder refused when tenants of this instance cannot follow. */
  public void checkTexts(TextCheck check) {
    tenants = check;
  }

  /** A task begins. */
  public synchronized RolloutTask join(String taskId) {
    RolloutTask task = new RolloutTask(this, taskId, plan);
    tasks.put(taskId, task);
    return task;
  }

  RolloutPlan plan() {
    return plan;
  }

  /**
   * The model that answers a tenant's queries, for somebody beside the tasks: it stays open until
   * the lease is closed, or everything is.
   *
   * @param taskId whose tenant it is; where that task is not here, the plan decides
   */
  public synchronized ModelLease lease(String taskId, String tenant) {
    RolloutTask task = tasks.get(taskId);
    Optional<String> id =
        task == null ? Optional.empty() : task.serving().map(serving -> serving.bundleOf(tenant));
    Optional<OpenBundle> bundle =
        open.stream()
            .filter(candidate -> id.filter(candidate.id()::equals).isPresent())
            .findFirst();
    if (bundle.isEmpty()) {
      bundle = serving;
    }
    bundle.ifPresent(used -> used.addReaders(1));
    Optional<OpenBundle> leased = bundle;
    return new ModelLease(
        bundle.map(OpenBundle::model).orElse(plan.serving()),
        bundle.map(OpenBundle::manifest),
        () -> leased.ifPresent(this::giveBack));
  }

  private synchronized void giveBack(OpenBundle bundle) {
    bundle.addReaders(-1);
  }

  /** How far the changes are, and the background work, of all tasks of this instance. */
  public synchronized RolloutProgress progress() {
    return RolloutProgress.of(plan, tasks.values());
  }

  synchronized void report(RolloutTask task, long version, Set<String> uses) {
    task.note(version, uses);
  }

  synchronized void leave(RolloutTask task) {
    tasks.remove(task.id(), task);
  }

  /** The id of the bundle that serves, or is to serve when the rollout under way is done. */
  public String servingId() {
    return plan.serving().bundleId();
  }

  /** How many bundles are loaded. */
  public synchronized int openBundles() {
    return open.size();
  }

  /**
   * Where the models of the bundle that serves run, for as long as it is open. Empty for a model
   * that the caller owns.
   */
  public synchronized Optional<DeviceState> deviceState() {
    return serving.filter(open::contains).map(OpenBundle::deviceState);
  }

  /**
   * Loads a bundle and has it answer beside the serving one, in the place of one that does.
   *
   * @throws BundleException when it cannot be used, or is the serving one; nothing has changed then
   */
  void shadow(BundleReference wanted) {
    OpenBundle candidate = load(wanted);
    if (candidate.id().equals(servingId())) {
      discard(candidate);
      throw new BundleException(
          "bundle %s: expected another bundle than the serving %s, found the same"
              .formatted(wanted.location(), candidate.id()));
    }
    change(serving, Optional.of(candidate));
    log("SHADOW", wanted, candidate.id());
  }

  /** Drops the bundle in shadow. */
  void dropShadow(BundleReference dropped) {
    String id = shadow.map(OpenBundle::id).orElse("none");
    change(serving, Optional.empty());
    log("ROLLED_BACK", dropped, id);
  }

  /**
   * Has the bundle in shadow take over.
   *
   * @throws BundleException when it is another one than is wanted; nothing has changed then
   */
  void promoteShadow(BundleReference wanted) {
    whyNotInShadow(wanted)
        .ifPresent(
            why -> {
              throw new BundleException(why);
            });
    rollOut(wanted, shadow.orElseThrow(), "ROLLING_OUT");
  }

  /** Why the bundle in shadow is not the one that is wanted, if it is not. */
  synchronized Optional<String> whyNotInShadow(BundleReference wanted) {
    if (shadow.filter(candidate -> candidate.is(wanted)).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        "bundle %s: expected %s in shadow, found %s"
            .formatted(
                wanted.location(),
                wanted.bundleId().map(id -> "id " + id).orElse("it"),
                shadow.map(OpenBundle::id).orElse("none there")));
  }

  /**
   * Loads a bundle and has it take over.
   *
   * @throws BundleException when it cannot be used; nothing has changed then
   */
  void promote(BundleReference wanted) {
    rollOut(wanted, load(wanted), "ROLLING_OUT");
  }

  /**
   * Goes back to a bundle that served before. It is loaded again, unless tasks still use it.
   *
   * @throws BundleException when it cannot be used any more; nothing has changed then
   */
  void goBack(BundleReference wanted) {
    Optional<OpenBundle> stillOpen;
    synchronized (this) {
      stillOpen = open.stream().filter(bundle -> bundle.is(wanted)).findFirst();
    }
    rollOut(wanted, stillOpen.orElseGet(() -> load(wanted)), "ROLLED_BACK");
  }

  private OpenBundle load(BundleReference wanted) {
    return serving.orElseThrow().successor(wanted, loader, tenants);
  }

  /** Frees a bundle that was loaded for nothing. */
  private synchronized void discard(OpenBundle candidate) {
    candidate.retire();
    if (!encoders.contains(candidate.encoderOwner())) {
      candidate.encoderOwner().close();
    }
  }

  private void rollOut(BundleReference wanted, OpenBundle candidate, String stateOfRollout) {
    if (candidate.id().equals(servingId())) {
      if (serving.orElseThrow() != candidate) {
        discard(candidate);
      }
      change(serving, Optional.empty());
      log("SERVING", wanted, servingId());
      return;
    }
    change(Optional.of(candidate), Optional.empty());
    rollsOut = true;
    log(stateOfRollout, wanted, candidate.id());
  }

  private synchronized void change(Optional<OpenBundle> toServe, Optional<OpenBundle> toShadow) {
    serving = toServe;
    shadow = toShadow;
    for (OpenBundle bundle : List.of(toServe.orElseThrow(), toShadow.orElse(toServe.get()))) {
      if (!open.contains(bundle)) {
        open.add(bundle);
        encoders.add(bundle.encoderOwner());
      }
    }
    plan =
        new RolloutPlan(plan.version() + 1, toServe.get().model(), toShadow.map(OpenBundle::model));
  }

  /**
   * Closes the bundles that no task uses any more, once all tasks have come to what was asked for
   * last.
   *
   * @return whether they have
   */
  boolean settle() {
    List<OpenBundle> unused = new ArrayList<>();
    Set<Bundle> withEncoders = new HashSet<>();
    synchronized (this) {
      if (!tasks.values().stream().allMatch(task -> task.hasReached(plan))) {
        return false;
      }
      for (OpenBundle bundle : open) {
        if (serving.orElse(null) != bundle
            && shadow.orElse(null) != bundle
            && !bundle.hasReaders()) {
          unused.add(bundle);
        }
      }
      open.removeAll(unused);
      withEncoders.addAll(encoders);
      open.forEach(bundle -> withEncoders.remove(bundle.encoderOwner()));
      encoders.removeAll(withEncoders);
    }
    unused.forEach(OpenBundle::retire);
    withEncoders.forEach(Bundle::close);
    if (rollsOut) {
      rollsOut = false;
      LOG.atInfo()
          .addKeyValue("state", "SERVING")
          .addKeyValue("bundle", servingId())
          .addKeyValue("closed", unused.stream().map(OpenBundle::id).toList())
          .log("Bundle rollout");
    }
    return true;
  }

  private static void log(String state, BundleReference reference, String id) {
    LOG.atInfo()
        .addKeyValue("state", state)
        .addKeyValue("bundle", id)
        .addKeyValue("location", reference.location())
        .log("Bundle rollout");
  }

  /** Closes all bundles; no task may use them any more. */
  @Override
  public void close() {
    List<OpenBundle> all;
    List<Bundle> withEncoders;
    synchronized (this) {
      all = List.copyOf(open);
      withEncoders = List.copyOf(encoders);
      open.clear();
      encoders.clear();
    }
    all.forEach(OpenBundle::close);
    withEncoders.forEach(Bundle::close);
  }
}
