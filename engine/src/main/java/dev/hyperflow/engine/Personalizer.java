package dev.hyperflow.engine;

import dev.hyperflow.engine.internal.AdaptationModel;
import dev.hyperflow.engine.internal.Engine;
import dev.hyperflow.engine.internal.EnginePorts;
import dev.hyperflow.engine.internal.event.Event;
import dev.hyperflow.engine.internal.event.ExampleTerms;
import dev.hyperflow.engine.internal.event.FeatureVector;
import dev.hyperflow.engine.internal.event.Output;
import dev.hyperflow.engine.internal.event.Payload;
import dev.hyperflow.engine.internal.event.Rejection;
import dev.hyperflow.engine.internal.file.MemoryFile;
import dev.hyperflow.engine.internal.heap.InMemoryActivity;
import dev.hyperflow.engine.internal.heap.InMemoryHeadStore;
import dev.hyperflow.engine.internal.heap.InMemoryRecentQueries;
import dev.hyperflow.engine.internal.heap.InMemoryTenantStore;
import dev.hyperflow.engine.internal.remember.FadingTenantStore;
import dev.hyperflow.engine.internal.remember.MemorySettings;
import dev.hyperflow.engine.internal.remember.TenantStore;
import dev.hyperflow.models.BundleException;
import dev.hyperflow.models.internal.BundleOptions;
import dev.hyperflow.models.internal.bundle.Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Learns from labelled examples of many tenants and answers their queries, in this process and on
 * the heap. It runs the engine of the streaming application, so equal events give equal answers.
 *
 * <pre>{@code
 * try (Personalizer heads = Personalizer.open("classpath:bundles/minilm-drift-v2")) {
 *   heads.add("acme", "e1", "billing", "I was charged twice");
 *   heads.add("acme", "e2", "login", "My password does not work");
 *   Answer answer = heads.predict("acme", "why a second charge?");
 * }
 * }</pre>
 *
 * <p>A query sees every call before it. The head that answers is a function of the tenant's support
 * set and of the bundle alone: the order of the examples, retracted examples and other tenants
 * leave no trace. The first query after a change makes the head anew; later ones reuse it.
 *
 * <p>A call that asks for what cannot be done throws {@link RefusedException} and changes nothing.
 * There is no dead-letter topic here: the reasons are the same. A call that asks for nothing new
 * returns {@code false}.
 *
 * <p>Thread-safe: one lock holds for all calls, so calls of many threads run one after the other.
 * Call {@link #close} at the end. After it every other call throws {@link IllegalStateException}.
 */
public final class Personalizer implements AutoCloseable {
  /** The id of queries without one. No query of this id is remembered for feedback. */
  private static final String NO_QUERY_ID = "-";

  private static final String DESCRIPTION_PREFIX = "description:";

  private final PersonalizerOptions options;
  private final AdaptationModel model;
  private final Runnable closeModel;
  private TenantStore tenants;
  private InMemoryHeadStore heads;
  private Engine engine;
  private boolean closed;

  /** A personalizer with an empty memory; {@code closeModel} frees the model. */
  Personalizer(AdaptationModel model, PersonalizerOptions options, Runnable closeModel) {
    this.options = options;
    this.model = model;
    this.closeModel = closeModel;
    start(new InMemoryTenantStore());
  }

  /**
   * Opens a bundle with {@linkplain PersonalizerOptions#defaults() default options} and an empty
   * memory.
   *
   * @throws BundleException as {@link #open(String, PersonalizerOptions)}
   */
  public static Personalizer open(String bundle) {
    return open(bundle, PersonalizerOptions.defaults());
  }

  /**
   * Opens a bundle and an empty memory. This loads and tries the models, which takes seconds.
   *
   * @param bundle {@code classpath:bundles/minilm-drift-v2}, the path of a directory, or the path
   *     of a {@code .zip} file
   * @throws BundleException if the bundle cannot be used, or takes fewer labels or examples than
   *     the options allow
   */
  public static Personalizer open(String bundle, PersonalizerOptions options) {
    Bundle loaded =
        Bundle.load(bundle, BundleOptions.defaults().withLoadEncoder(options.encoder()));
    try {
      requireRoom(loaded, options);
      return new Personalizer(AdaptationModel.of(loaded), options, loaded::close);
    } catch (RuntimeException e) {
      loaded.close();
      throw e;
    }
  }

  private static void requireRoom(Bundle bundle, PersonalizerOptions options) {
    MemorySettings memory = options.settings().memory();
    int maxLabels = bundle.integrator().maxLabels();
    int maxExamples = bundle.integrator().maxExamples();
    if (memory.labelsPerTenant() > maxLabels || memory.mostExamples() > maxExamples) {
      throw new BundleException(
          ("options: expected at most %d labels and %d examples of a tenant, the largest that bundle"
                  + " '%s' takes, found %d labels and %d examples")
              .formatted(
                  maxLabels,
                  maxExamples,
                  bundle.id(),
                  memory.labelsPerTenant(),
                  memory.mostExamples()));
    }
  }

  /**
   * Adds an example of a label. One with the same event id is replaced.
   *
   * @param eventId names the example within its tenant, for {@link #retract}
   * @return whether the memory changed; a duplicate changes nothing
   * @throws RefusedException if the example is refused
   */
  public boolean add(String tenant, String eventId, String label, Example example) {
    return change(
        new Event.Add(
            unicodeTenant(tenant),
            now(),
            unicode("eventId", eventId),
            unicode("label", label),
            example.terms(),
            payload(example.content())));
  }

  /** Adds a text as {@link #add(String, String, String, Example)} does. */
  public boolean add(String tenant, String eventId, String label, String text) {
    return add(tenant, eventId, label, Example.of(text));
  }

  /** Adds features as {@link #add(String, String, String, Example)} does. */
  public boolean add(String tenant, String eventId, String label, float[] features) {
    return add(tenant, eventId, label, Example.of(features));
  }

  /**
   * Says in words what a label means, so that it can be predicted before its first example. An
   * earlier description of the label is replaced.
   *
   * <p>The event id of the description is {@code description:} and the label. {@link #retract}
   * takes it.
   *
   * @return whether the memory changed
   * @throws RefusedException if the description is refused
   */
  public boolean describe(String tenant, String label, Example description) {
    return change(
        new Event.Describe(
            unicodeTenant(tenant),
            now(),
            DESCRIPTION_PREFIX + unicode("label", label),
            label,
            description.terms(),
            payload(description.content())));
  }

  /** Describes a label by a text as {@link #describe(String, String, Example)} does. */
  public boolean describe(String tenant, String label, String text) {
    return describe(tenant, label, Example.of(text));
  }

  /**
   * Removes an example, as if it had never been added.
   *
   * @return whether there was one of that id
   * @throws RefusedException if an id is blank, too long or no valid Unicode text
   */
  public boolean retract(String tenant, String eventId) {
    return change(
        new Event.Retract(unicodeTenant(tenant), now(), unicode("targetEventId", eventId)));
  }

  /**
   * Removes a label with all its examples, its description, and feedback that waits for its query.
   *
   * @return whether the tenant had that label, or feedback that waits for its query had it
   * @throws RefusedException if a name is blank, too long or no valid Unicode text
   */
  public boolean forgetLabel(String tenant, String label) {
    return change(new Event.ForgetLabel(unicodeTenant(tenant), now(), unicode("label", label)));
  }

  /**
   * Gives a label another name. What is remembered is what it would be had the label had that name
   * from the start; answers that wait for feedback count as answers of the new name.
   *
   * @param to a name that no label of the tenant has
   * @return whether the tenant had that label, under another name than {@code to}
   * @throws RefusedException if another label has that name, or a name is blank, too long or no
   *     valid Unicode text
   */
  public boolean renameLabel(String tenant, String label, String to) {
    return change(
        new Event.RenameLabel(
            unicodeTenant(tenant), now(), unicode("label", label), unicode("targetLabel", to)));
  }

  /**
   * Makes the examples of a label examples of another one, as if they had come to it. Of two
   * descriptions, the later one stays. Where there is no label {@code into}, the label is renamed.
   *
   * @return whether the tenant had that label, and it is not {@code into}
   * @throws RefusedException if a name is blank, too long or no valid Unicode text
   */
  public boolean mergeLabels(String tenant, String label, String into) {
    return change(
        new Event.MergeLabels(
            unicodeTenant(tenant), now(), unicode("label", label), unicode("targetLabel", into)));
  }

  /**
   * Removes everything of a tenant.
   *
   * @return whether anything was known of the tenant
   * @throws RefusedException if the name is blank, too long or no valid Unicode text
   */
  public boolean forgetTenant(String tenant) {
    return change(new Event.ForgetTenant(unicodeTenant(tenant), now()));
  }

  /**
   * Tells the true label of an earlier query, whose features become an example. The query id is the
   * event id of that example.
   *
   * @return whether the memory changed; feedback to an unknown query changes it once that query is
   *     asked, and feedback after {@link PersonalizerOptions.Builder#feedbackWindow} never does
   * @throws RefusedException if the feedback is refused, or feedback is off
   */
  public boolean feedback(String tenant, String queryId, String label) {
    return change(
        new Event.Feedback(
            unicodeTenant(tenant),
            now(),
            unicode("queryId", queryId),
            queryId,
            unicode("label", label),
            ExampleTerms.ORDINARY));
  }

  /**
   * Predicts the label of a text.
   *
   * @throws RefusedException if the query is refused
   */
  public Answer predict(String tenant, String text) {
    return predict(tenant, NO_QUERY_ID, text);
  }

  /**
   * Predicts the label of a feature vector.
   *
   * @throws RefusedException if the query is refused
   */
  public Answer predict(String tenant, float[] features) {
    return predict(tenant, NO_QUERY_ID, features);
  }

  /**
   * Predicts the label of a text.
   *
   * @param queryId names the query within its tenant, for {@link #feedback}
   * @throws RefusedException if the query is refused
   */
  public Answer predict(String tenant, String queryId, String text) {
    return ask(tenant, queryId, new Payload.Text(text));
  }

  /**
   * Predicts the label of a feature vector.
   *
   * @param queryId names the query within its tenant, for {@link #feedback}
   * @param features of the dimension of the tenant's examples and of the bundle
   * @throws RefusedException if the query is refused
   */
  public Answer predict(String tenant, String queryId, float[] features) {
    return ask(tenant, queryId, payload(features));
  }

  /**
   * The head of the tenant's support set as it is now; empty while the tenant has no examples. A
   * head that is not there yet is made.
   *
   * @throws RefusedException if the model cannot make it
   */
  public synchronized Optional<TenantHead> head(String tenant) {
    requireOpen();
    int dimension = tenants.meta(tenant).dimension();
    if (dimension == 0) {
      return Optional.empty();
    }
    ask(tenant, NO_QUERY_ID, payload(new float[dimension])); // makes the head if it is stale
    return heads.head(tenant, model.bundleId()).map(TenantHead::of);
  }

  /**
   * Names the support set that the tenant had after the last call, in 32 hexadecimal digits. Equal
   * sets of examples have equal fingerprints, whatever their history. Without examples it is all
   * zeros.
   */
  public synchronized String fingerprint(String tenant) {
    requireOpen();
    return tenants.meta(tenant).fingerprint().toHex();
  }

  /** The tenants of which anything is known, sorted by the UTF-8 bytes of their names. */
  public synchronized List<String> tenants() {
    requireOpen();
    return tenants.tenants(Optional.empty(), Integer.MAX_VALUE);
  }

  /** The bundle that answers: its name and a hash of its content. */
  public String bundleId() {
    return model.bundleId();
  }

  /**
   * Writes the memory of all tenants to a file, with the texts that are kept. The file appears
   * whole or not at all, in the place of one that was there, whose permissions it keeps; a new one
   * is for its owner alone. Queries that wait for feedback are not part of it.
   *
   * @throws IOException if the file cannot be written
   */
  public synchronized void save(Path file) throws IOException {
    requireOpen();
    MemoryFile.write(tenants, file);
  }

  /**
   * Writes the memory of all tenants, as {@link #save(Path)} does.
   *
   * @param out stays open
   * @throws IOException if it cannot be written
   */
  public synchronized void save(OutputStream out) throws IOException {
    requireOpen();
    MemoryFile.write(tenants, out);
  }

  /**
   * Replaces the memory of all tenants by that of a file. The options need not be those of the time
   * of saving: a label that holds too many examples makes room with its next one.
   *
   * @throws IOException if the file cannot be read, is damaged, is of another version, or holds
   *     features of another encoder or dimension than the bundle's; the message names the file,
   *     what was expected and what was found, and the memory stays as it was
   */
  public synchronized void load(Path file) throws IOException {
    requireOpen();
    start(MemoryFile.read(file, model.featureSpace(), model.dimension()));
  }

  /**
   * Replaces the memory of all tenants, as {@link #load(Path)} does.
   *
   * @param in is read to its end; stays open
   * @throws IOException as {@link #load(Path)}
   */
  public synchronized void load(InputStream in) throws IOException {
    requireOpen();
    start(MemoryFile.read(in, model.featureSpace(), model.dimension()));
  }

  /** Frees the models. Idempotent. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      closeModel.run();
    }
  }

  private void start(InMemoryTenantStore memory) {
    InMemoryActivity activity = new InMemoryActivity();
    tenants = new FadingTenantStore(memory, options.settings().memory().fading());
    heads = new InMemoryHeadStore();
    engine =
        new Engine(
            options.settings(),
            model,
            new EnginePorts(
                tenants,
                heads,
                new InMemoryRecentQueries(NO_QUERY_ID),
                activity,
                activity,
                activity));
  }

  private synchronized Answer ask(String tenant, String queryId, Payload payload) {
    Event query =
        new Event.Query(unicodeTenant(tenant), now(), unicode("queryId", queryId), payload);
    return Answer.of(process(query).answer);
  }

  private synchronized boolean change(Event event) {
    return process(event).applied;
  }

  private Fate process(Event event) {
    requireOpen();
    Fate fate = new Fate();
    for (Output output : engine.process(List.of(event))) {
      if (output instanceof Output.Settled settled) {
        settled.handle(fate);
      }
    }
    return fate;
  }

  /** What became of an event. */
  private static final class Fate implements Output.SettledHandler {
    private Output.Answer answer;
    private boolean applied;

    @Override
    public void answer(Output.Answer given) {
      answer = given;
    }

    @Override
    public void applied(Output.Applied change) {
      applied = true;
    }

    @Override
    public void ignored(Output.Ignored nothingNew) {
      applied = false;
    }

    @Override
    public void rejected(Output.Rejected rejected) {
      throw refused(rejected.rejection());
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("personalizer: expected to be open, found it closed");
    }
  }

  private long now() {
    return options.clock().millis();
  }

  private static RefusedException refused(Rejection rejection) {
    return new RefusedException(
        RefusedException.Reason.valueOf(rejection.reason().name()), rejection.message());
  }

  private static Payload payload(Object content) {
    if (content instanceof String text) {
      return new Payload.Text(text);
    }
    float[] features = (float[]) content;
    if (features.length == 0) {
      throw new RefusedException(
          RefusedException.Reason.MALFORMED_FEATURES,
          "payload.values: expected at least one feature, found none");
    }
    return new Payload.Features(FeatureVector.of(features));
  }

  private static String unicodeTenant(String tenant) {
    return unicode(RefusedException.Reason.UNDECODABLE_KEY, "tenant", tenant);
  }

  private static String unicode(String field, String text) {
    return unicode(RefusedException.Reason.UNDECODABLE, field, text);
  }

  /** Names that UTF-8 cannot tell apart would be one name once they are saved. */
  private static String unicode(RefusedException.Reason reason, String field, String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new RefusedException(
          reason, field + ": expected valid Unicode, found a surrogate without its partner");
    }
    return text;
  }
}
