package dev.hyperflow.server.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads files with commas between a label and a text, as the real reader does in earnest. */
final class FixtureImports {

  private static final int FIRST_ROWS = 10;

  private final String tenant;

  /** Line, label and text of each. */
  private final List<String[]> rows = new ArrayList<>();

  private final List<Map<String, Object>> refusals = new ArrayList<>();
  private final List<String> header;
  private long repeated;

  private FixtureImports(String tenant, String file, String headerWanted) {
    this.tenant = tenant;
    String[] lines = file.split("\r?\n", -1);
    boolean named = lines[0].equals("label,text") && !headerWanted.equals("false");
    header = named ? List.of("label", "text") : null;
    Map<String, String> seen = new LinkedHashMap<>();
    for (int i = named ? 1 : 0; i < lines.length; i++) {
      String[] cells = lines[i].split(",", 2);
      if (lines[i].isEmpty()) {
        continue;
      }
      if (cells.length < 2 || cells[1].isBlank()) {
        refusals.add(Map.of("line", i + 1, "reason", "text: expected a value, found a blank one"));
      } else if (cells[0].equals(seen.put(cells[1], cells[0]))) {
        repeated++;
      } else {
        rows.add(new String[] {String.valueOf(i + 1), cells[0], cells[1]});
      }
    }
  }

  static FixtureImports read(String tenant, String file, Map<String, String> query) {
    return new FixtureImports(tenant, file, query.getOrDefault("header", ""));
  }

  /** Makes examples of the rows. */
  void write(FixtureTenant target) {
    for (String[] row : rows) {
      target.add("text-" + Integer.toHexString(row[2].hashCode()), row[1], row[2], 0);
    }
  }

  Map<String, Object> report(boolean preview) {
    Map<String, Long> labels = new TreeMap<>();
    rows.forEach(row -> labels.merge(row[1], 1L, Long::sum));
    Map<String, Object> shape = new LinkedHashMap<>();
    shape.put("format", "csv");
    shape.put("encoding", "UTF-8");
    shape.put("byteOrderMark", false);
    shape.put("separator", ",");
    if (header != null) {
      shape.put("header", header);
    }
    shape.put("columns", Map.of("label", 1, "text", 2));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("preview", preview);
    json.put("shape", shape);
    json.put(
        "counts",
        Map.of(
            "rows",
            rows.size() + refusals.size() + repeated,
            "taken",
            rows.size(),
            "repeated",
            repeated,
            "unlabelled",
            0,
            "refused",
            refusals.size()));
    json.put("tenantCount", 1);
    json.put("labelCount", labels.size());
    json.put("tenants", List.of(tenantPart(labels)));
    json.put(
        "first",
        rows.stream()
            .limit(FIRST_ROWS)
            .map(
                row ->
                    Map.of(
                        "line",
                        Long.valueOf(row[0]),
                        "tenant",
                        tenant,
                        "label",
                        row[1],
                        "text",
                        row[2]))
            .toList());
    json.put("findings", refusals.isEmpty() ? List.of() : List.of(finding()));
    json.put("looksWrong", !refusals.isEmpty());
    json.put("refusals", refusals);
    json.put("memory", Map.of("examplesPerLabel", 50, "examplesPerTenant", 1024));
    return json;
  }

  private Map<String, Object> tenantPart(Map<String, Long> labels) {
    return Map.of(
        "tenant",
        tenant,
        "rows",
        rows.size(),
        "labelCount",
        labels.size(),
        "labels",
        labels.entrySet().stream()
            .map(label -> Map.of("label", label.getKey(), "rows", label.getValue()))
            .toList());
  }

  private Map<String, Object> finding() {
    return Map.of(
        "kind",
        "REFUSED",
        "wrong",
        true,
        "message",
        "%d row%s that cannot be used; the first: %s"
            .formatted(
                refusals.size(), refusals.size() == 1 ? "" : "s", refusals.get(0).get("reason")),
        "count",
        refusals.size(),
        "lines",
        refusals.stream().map(refusal -> refusal.get("line")).toList());
  }
}
