package dev.hyperflow.server.dashboard;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** One tenant of the fixture: its support set lives, its past is drawn from its name. */
final class FixtureTenant {
  /** A text with this word belongs to none of the labels. */
  static final String OUT_OF_SCOPE = "dinosaurs";

  static final String BUNDLE = "minilm-l6-v2-flow";
  static final String SHA = "5b0c8f2a91d34e7fb6a01c22d9e8437a5b0c8f2a91d34e7fb6a01c22d9e8437a";
  private static final int CAPACITY = 50;
  private static final int COURSE = 36;

  /** How much more accurate one label makes. */
  private static final double LEARNED = 0.0015;

  private static final int MIN_LABELS = 20;

  private final String id;
  private final long startedAt;
  private int tested;
  private int given;
  private long applied;
  private FixtureExample passing;
  private final Map<String, FixtureExample> examples = new LinkedHashMap<>();

  FixtureTenant(String id, long startedAt, int tested) {
    this.id = id;
    this.startedAt = startedAt;
    this.tested = tested;
  }

  String id() {
    return id;
  }

  int tested() {
    return tested;
  }

  synchronized int size() {
    return examples.size();
  }

  double value() {
    return tested < MIN_LABELS ? -1 : course().get(COURSE - 1).get("after");
  }

  double gain() {
    Map<String, Double> end = course().get(COURSE - 1);
    return tested == 0 ? -1 : end.get("after") - end.get("before");
  }

  /** One more label that came for a query. */
  synchronized void test() {
    tested++;
    given++;
  }

  boolean hasDrifted() {
    return tested > 0 && id.endsWith("3");
  }

  synchronized FixtureTenant add(String eventId, String label, String text, long at) {
    examples.put(eventId, new FixtureExample(eventId, label, text, at));
    applied++;
    return this;
  }

  synchronized void retract(String eventId) {
    examples.remove(eventId);
    applied++;
  }

  /** An example that is there while the next answer about suspects is made, and then retracted. */
  synchronized void pass(String eventId, String label, String text) {
    passing = new FixtureExample(eventId, label, text, startedAt);
  }

  /** All examples of a label become examples of another one. */
  synchronized void relabel(String from, String to) {
    examples.replaceAll(
        (id, example) ->
            example.label().equals(from)
                ? new FixtureExample(id, to, example.text(), example.addedAt())
                : example);
    applied++;
  }

  synchronized void forgetLabel(String label) {
    examples.values().removeIf(example -> example.label().equals(label));
    applied++;
  }

  synchronized String fingerprint() {
    List<String> parts = examples.values().stream().map(FixtureExample::toString).sorted().toList();
    return UUID.nameUUIDFromBytes(String.join("\n", parts).getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
  }

  private synchronized List<FixtureExample> all() {
    return List.copyOf(examples.values());
  }

  /** All labels with their probabilities, best first. */
  List<Map.Entry<String, Double>> answer(String text) {
    return new FixtureHead(all()).answer(text);
  }

  /** A page of examples as the API gives it where texts are turned off. */
  static Map<String, Object> withoutTexts(Map<String, Object> page) {
    Map<String, Object> json = new LinkedHashMap<>(page);
    json.put(
        "texts",
        Map.of(
            "shown",
            false,
            "setting",
            "memory.texts=keep",
            "hint",
            "texts are turned off; memory.texts=keep keeps those that come from then on"));
    List<Map<String, Object>> bare = new ArrayList<>();
    for (Object example : (List<?>) page.get("examples")) {
      Map<String, Object> copy = new LinkedHashMap<>();
      ((Map<?, ?>) example).forEach((name, value) -> copy.put((String) name, value));
      copy.remove("text");
      bare.add(copy);
    }
    json.put("examples", bare);
    return json;
  }

  /** What the API says where texts are shown. */
  static Map<String, Object> textsShown() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("shown", true);
    json.put("setting", null);
    json.put("hint", null);
    return json;
  }

  private Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    all().forEach(example -> counts.merge(example.label(), 1L, Long::sum));
    return counts;
  }

  Map<String, Object> row() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("tenant", id);
    row.put("examples", size());
    row.put("labels", counts().size());
    row.put("fingerprint", fingerprint());
    row.put("lastEventAt", startedAt + 590_000 - Math.floorMod(id.hashCode(), 400) * 1000L);
    row.put("pinned", id.endsWith("07"));
    row.put("owner", Map.of("instance", "localhost:7070", "local", !id.endsWith("9")));
    row.put("quality", tested == 0 ? null : quality());
    row.put("attention", List.of());
    return row;
  }

  /** Fewer than 20 labels give no figure. */
  Map<String, Object> accuracy() {
    boolean enough = tested >= MIN_LABELS;
    Map<String, Double> last = course().get(COURSE - 1);
    Map<String, Object> accuracy = new LinkedHashMap<>();
    accuracy.put("labels", tested);
    accuracy.put("minLabels", MIN_LABELS);
    accuracy.put("window", 100);
    accuracy.put("adapted", enough ? estimate(last.get("after") + given * LEARNED) : null);
    accuracy.put("unadapted", enough ? estimate(last.get("before")) : null);
    return accuracy;
  }

  private static Map<String, Object> estimate(double value) {
    return Map.of(
        "value", value, "low", Math.max(0, value - 0.06), "high", Math.min(1, value + 0.05));
  }

  private Map<String, Object> quality() {
    Map<String, Object> quality = new LinkedHashMap<>();
    boolean drifted = hasDrifted();
    quality.put("accuracy", accuracy());
    quality.put("driftDetected", drifted);
    quality.put("driftedAt", drifted ? startedAt + 400_000 : null);
    quality.put("sparkline", course());
    return quality;
  }

  /** Accuracy before and after adaptation, in steps; adaptation may also lose. */
  private List<Map<String, Double>> course() {
    RandomGenerator random = new java.util.Random(id.hashCode());
    double end = 0.66 + 0.2 * random.nextDouble();
    double gain = 0.11 * random.nextDouble() - 0.012;
    List<Map<String, Double>> course = new ArrayList<>();
    for (int i = 0; i < COURSE; i++) {
      double progress = 1 - Math.exp(-i / 9.0);
      double before = end * (0.62 + 0.38 * progress) + 0.03 * (random.nextDouble() - 0.5);
      double lead = gain * Math.min(1, (i + 1) / 12.0) + 0.014 * (random.nextDouble() - 0.5);
      course.add(Map.of("before", Math.min(1, before), "after", Math.min(1, before + lead)));
    }
    return course;
  }

  Map<String, Object> detail() {
    Map<String, Object> detail = new LinkedHashMap<>(row());
    detail.put("applied", applied);
    detail.put("bundle", Map.of("name", BUNDLE, "sha256", SHA, "shadow", false));
    detail.put("settings", Map.of());
    detail.put(
        "labelsDetail",
        counts().entrySet().stream()
            .map(
                count ->
                    Map.of(
                        "label",
                        count.getKey(),
                        "examples",
                        count.getValue(),
                        "described",
                        false,
                        "capacity",
                        CAPACITY))
            .toList());
    return detail;
  }

  Map<String, Object> examples(String label, int limit, int page) {
    List<Map<String, Object>> chosen =
        all().stream()
            .filter(example -> label.isEmpty() || example.label().equals(label))
            .sorted(Comparator.comparingLong(FixtureExample::addedAt).reversed())
            .map(this::json)
            .toList();
    List<Map<String, Object>> shown =
        chosen.stream().skip((long) page * limit).limit(limit).toList();
    return Map.of(
        "total",
        chosen.size(),
        "page",
        page,
        "limit",
        limit,
        "texts",
        textsShown(),
        "examples",
        shown);
  }

  private Map<String, Object> json(FixtureExample example) {
    Map<String, Object> json = new LinkedHashMap<>(place(example));
    json.put("weight", 1.0);
    json.put("addedAt", example.addedAt());
    json.put("expiresAt", null);
    json.put("described", false);
    return json;
  }

  private Map<String, Object> place(FixtureExample example) {
    RandomGenerator random = new java.util.Random(example.eventId().hashCode() * 31L);
    return Map.of(
        "eventId",
        example.eventId(),
        "label",
        example.label(),
        "text",
        example.text(),
        "x",
        Math.cos(angle(example.label())) + 0.55 * (random.nextDouble() - 0.5),
        "y",
        Math.sin(angle(example.label())) + 0.55 * (random.nextDouble() - 0.5));
  }

  private double angle(String label) {
    List<String> labels = List.copyOf(counts().keySet());
    return 2 * Math.PI * labels.indexOf(label) / labels.size() + 0.4;
  }

  Map<String, Object> map() {
    return Map.of(
        "method",
        "PCA",
        "explained",
        List.of(0.21, 0.13),
        "examples",
        all().stream().map(this::place).toList(),
        "heads",
        counts().keySet().stream()
            .map(
                label ->
                    Map.of(
                        "label", label,
                        "x", 1.15 * Math.cos(angle(label)),
                        "y", 1.15 * Math.sin(angle(label))))
            .toList(),
        "truncated",
        false,
        "texts",
        textsShown());
  }

  synchronized Map<String, Object> suspects() {
    if (passing == null) {
      return FixtureSuspects.of(all());
    }
    List<FixtureExample> seen = new ArrayList<>(all());
    seen.add(passing);
    passing = null;
    applied += 2;
    return FixtureSuspects.of(seen);
  }

  Map<String, Object> head() {
    List<Map<String, Object>> trajectory = new ArrayList<>();
    for (int step = 0; step <= 8; step++) {
      trajectory.add(
          Map.of(
              "step",
              step,
              "time",
              (double) step,
              "supportLoss",
              0.31 + 0.74 * Math.exp(-step / 2.6),
              "driftNorm",
              0.05 + 1.9 * Math.exp(-step / 3.1)));
    }
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("bundle", Map.of("name", BUNDLE, "sha256", SHA));
    head.put("fingerprint", fingerprint());
    head.put("examples", size());
    head.put("integrator", "EULER");
    head.put("steps", 8);
    head.put("labels", counts().keySet().stream().map(this::norm).toList());
    head.put("trajectory", counts().size() < 2 ? List.of() : trajectory);
    head.put("safeguarded", false);
    head.put("integrationMillis", 3.4);
    return head;
  }

  private Map<String, Object> norm(String label) {
    double start = 3.2 + Math.floorMod(label.hashCode(), 80) / 100.0;
    double moved = 0.3 + Math.floorMod(label.hashCode(), 110) / 100.0;
    return Map.of(
        "label", label, "norm", start + moved, "startNorm", start, "bias", 0.01, "moved", moved);
  }

  Map<String, Object> history() {
    List<Map<String, Object>> history = new ArrayList<>();
    if (tested >= MIN_LABELS) {
      for (int i = 0; i < COURSE; i++) {
        Map<String, Object> point = new LinkedHashMap<>(course().get(i));
        point.put("at", startedAt + i * 16_500L);
        point.put("tested", (i + 1) * tested / COURSE);
        point.put("right", true);
        history.add(point);
      }
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("accuracy", accuracy());
    json.put("driftDetected", id.endsWith("3"));
    json.put("history", history);
    json.put("markers", tested == 0 ? List.of() : markers());
    return json;
  }

  private List<Map<String, Object>> markers() {
    List<Map<String, Object>> markers = new ArrayList<>();
    for (int i = 0; i < 140; i++) {
      markers.add(marker(4_200L * i + 900L * (i % 5), "LABEL", "ex-" + (i + 1)));
    }
    markers.add(marker(250_000, "RETRACT", "ex-4"));
    markers.add(marker(330_000, "BUNDLE", BUNDLE));
    if (id.endsWith("3")) {
      markers.add(marker(400_000, "DRIFT", "accuracy fell from 82 % to 71 %"));
    }
    return markers;
  }

  private Map<String, Object> marker(long after, String kind, String text) {
    return Map.of("at", startedAt + after, "kind", kind, "text", text);
  }

  Map<String, Object> crossvalidation() {
    List<String> labels = List.copyOf(counts().keySet());
    int[][] confusion = new int[labels.size()][labels.size()];
    int right = 0;
    for (FixtureExample example : all()) {
      List<FixtureExample> others = all().stream().filter(other -> !other.equals(example)).toList();
      String answer = new FixtureHead(others).answer(example.text()).get(0).getKey();
      confusion[labels.indexOf(example.label())][labels.indexOf(answer)]++;
      right += answer.equals(example.label()) ? 1 : 0;
    }
    List<Map<String, Object>> bins = new ArrayList<>();
    for (int i = 3; i < 10; i++) {
      bins.add(
          Map.of(
              "from",
              i / 10.0,
              "to",
              (i + 1) / 10.0,
              "count",
              i * i,
              "confidence",
              i / 10.0 + 0.05,
              "accuracy",
              Math.min(1, i / 10.0 + 0.05 + (i % 2 == 0 ? 0.05 : -0.07))));
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("folds", size() < 4 ? 0 : 5);
    json.put("examples", size());
    json.put(
        "crossValidatedAccuracy", size() < MIN_LABELS ? null : estimate((double) right / size()));
    json.put("labels", labels);
    json.put("confusion", confusion);
    json.put("reliability", bins);
    json.put("ece", 0.041);
    json.put("brier", 0.213);
    return json;
  }

  private static String status(int labels) {
    return labels == 0 ? "NO_LABELS" : labels == 1 ? "COLD_START" : "PERSONALISED";
  }

  Map<String, Object> predict(PredictRequest request) {
    List<FixtureExample> used = new ArrayList<>(all());
    used.removeIf(example -> request.without().contains(example.eventId()));
    request
        .with()
        .forEach((label, text) -> used.add(new FixtureExample("what-if-" + label, label, text, 0)));
    List<Map.Entry<String, Double>> answer = new FixtureHead(used).answer(request.text());
    Map<String, Object> json = new LinkedHashMap<>();
    boolean outside = request.text().contains(OUT_OF_SCOPE);
    json.put("status", outside ? "NONE_OF_THESE" : status(answer.size()));
    json.put("label", answer.isEmpty() ? null : answer.get(0).getKey());
    json.put("confidence", answer.isEmpty() ? 0 : answer.get(0).getValue());
    json.put("abstained", outside || answer.isEmpty() || answer.get(0).getValue() < 0.3);
    json.put("scope", answer.isEmpty() ? null : outside ? 0.04 : 0.97);
    json.put(
        "labels",
        answer.stream()
            .limit(request.topK())
            .map(e -> Map.of("label", e.getKey(), "probability", e.getValue()))
            .toList());
    boolean sure = answer.isEmpty() || answer.get(0).getValue() > 0.5 || answer.size() == 1;
    json.put("initialLabel", answer.isEmpty() ? null : answer.get(sure ? 0 : 1).getKey());
    json.put("bundle", BUNDLE);
    json.put("fingerprint", fingerprint());
    json.put("examples", used.size());
    json.put("whatIf", !request.with().isEmpty() || !request.without().isEmpty());
    if (request.influence() && !answer.isEmpty()) {
      json.put("influence", influence(used, request.text(), answer.get(0)));
      json.put("texts", textsShown());
    }
    json.put("millis", 4.2);
    return json;
  }

  private static List<Map<String, Object>> influence(
      List<FixtureExample> used, String text, Map.Entry<String, Double> best) {
    List<Map<String, Object>> influence = new ArrayList<>();
    for (FixtureExample example : used) {
      List<FixtureExample> others = used.stream().filter(other -> !other.equals(example)).toList();
      double without = new FixtureHead(others).probability(text, best.getKey());
      influence.add(
          Map.of(
              "eventId",
              example.eventId(),
              "label",
              example.label(),
              "text",
              example.text(),
              "probabilityWithout",
              without,
              "change",
              without - best.getValue()));
    }
    influence.sort(Comparator.comparingDouble(entry -> -Math.abs((Double) entry.get("change"))));
    return influence.stream().limit(50).toList();
  }
}
