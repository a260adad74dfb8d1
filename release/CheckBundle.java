import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * Holds a bundle to the documented rules of Maven Central
 * (https://central.sonatype.org/publish/requirements/), and to what this project publishes.
 *
 * <pre>
 * java release/CheckBundle.java [--unsigned] BUNDLE.zip
 * </pre>
 *
 * Each artifact needs a release version, a complete POM, sources and Javadoc beside every jar, MD5
 * and SHA-1 of every file, and a signature that gpg verifies. No dependency is a snapshot. {@code
 * --unsigned} leaves signatures out. Exits with 1 and one line a finding; prints what was checked.
 */
final class CheckBundle {
  /** What is public. Programs, tests and benchmarks are not. */
  private static final TreeSet<String> PUBLIC =
      new TreeSet<>(
          List.of(
              "hyperflow-bom",
              "hyperflow-engine",
              "hyperflow-models",
              "hyperflow-parent",
              "hyperflow-schemas",
              "hyperflow-topology"));

  private static final String GROUP = "dev/hyperflow/";
  private static final List<String> SIDECARS = List.of(".md5", ".sha1", ".sha256", ".sha512");

  private final Map<String, byte[]> files = new TreeMap<>();
  private final List<String> findings = new ArrayList<>();
  private final boolean signed;
  private int checksums;
  private int signatures;

  private CheckBundle(boolean signed) {
    this.signed = signed;
  }

  public static void main(String[] arguments) throws Exception {
    List<String> words = new ArrayList<>(Arrays.asList(arguments));
    CheckBundle check = new CheckBundle(!words.remove("--unsigned"));
    if (words.size() != 1) {
      System.err.println("usage: java release/CheckBundle.java [--unsigned] BUNDLE.zip");
      System.exit(2);
    }
    check.read(Path.of(words.get(0)));
    check.check();
    check.findings.forEach(finding -> System.err.println("bundle: " + finding));
    System.out.printf(
        "bundle: %d artifacts, %d files, %d checksums, %s; %d findings%n",
        check.artifacts().size(),
        check.payloads().size(),
        check.checksums,
        check.signed ? check.signatures + " signatures" : "signatures NOT CHECKED",
        check.findings.size());
    System.exit(check.findings.isEmpty() ? 0 : 1);
  }

  private void read(Path bundle) throws IOException {
    try (ZipFile zip = new ZipFile(bundle.toFile())) {
      for (ZipEntry entry : zip.stream().filter(entry -> !entry.isDirectory()).toList()) {
        files.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
  }

  /** All files but checksums and signatures. */
  private List<String> payloads() {
    return files.keySet().stream()
        .filter(name -> !name.endsWith(".asc") && SIDECARS.stream().noneMatch(name::endsWith))
        .toList();
  }

  /** Folders of artifacts, by artifact id and version. */
  private TreeSet<String> artifacts() {
    TreeSet<String> folders = new TreeSet<>();
    files.keySet().forEach(name -> folders.add(name.substring(0, name.lastIndexOf('/') + 1)));
    return folders;
  }

  private void check() throws Exception {
    TreeSet<String> found = new TreeSet<>();
    for (String folder : artifacts()) {
      String[] parts = folder.split("/");
      if (!folder.startsWith(GROUP) || parts.length != 4) {
        findings.add(folder + ": expected " + GROUP + "ARTIFACT/VERSION/");
        continue;
      }
      found.add(parts[2]);
      checkArtifact(folder, parts[2], parts[3]);
    }
    if (!found.equals(PUBLIC)) {
      findings.add("expected the artifacts " + PUBLIC + ", found " + found);
    }
    for (String name : payloads()) {
      checkSums(name);
      if (signed) {
        checkSignature(name);
      }
    }
  }

  private void checkArtifact(String folder, String artifact, String version) throws Exception {
    if (version.endsWith("-SNAPSHOT")) {
      findings.add(folder + ": expected a release, found a snapshot");
    }
    String stem = folder + artifact + "-" + version;
    byte[] pom = files.get(stem + ".pom");
    if (pom == null) {
      findings.add(stem + ".pom: is missing");
      return;
    }
    Element project = parse(pom);
    Element parent = child(project, "parent");
    checkCoordinates(stem, project, parent, artifact, version);
    if (!"pom".equals(text(project, "packaging"))) {
      for (String end : List.of(".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json")) {
        byte[] bytes = files.get(stem + end);
        if (bytes == null || bytes.length == 0) {
          findings.add(stem + end + ": is missing or empty");
        }
      }
    }
    // Central asks for these in the POM as inheritance completes it.
    Element inherited =
        parent == null
            ? null
            : parse(
                files.get(
                    GROUP
                        + text(parent, "artifactId")
                        + "/"
                        + text(parent, "version")
                        + "/"
                        + text(parent, "artifactId")
                        + "-"
                        + text(parent, "version")
                        + ".pom"));
    require(stem, project, null, "name");
    require(stem, project, null, "description");
    require(stem, project, inherited, "url");
    require(stem, project, inherited, "licenses", "license", "name");
    require(stem, project, inherited, "licenses", "license", "url");
    require(stem, project, inherited, "developers", "developer", "name");
    require(stem, project, inherited, "scm", "url");
    require(stem, project, inherited, "scm", "connection");
    require(stem, project, inherited, "scm", "developerConnection");
    String whole = new String(pom, StandardCharsets.UTF_8);
    if (whole.contains("-SNAPSHOT")) {
      findings.add(stem + ".pom: expected no snapshot among its dependencies");
    }
    for (String no : List.of("<systemPath>", "<repositories>", "<pluginRepositories>")) {
      if (whole.contains(no)) {
        findings.add(stem + ".pom: expected no " + no);
      }
    }
  }

  private void checkCoordinates(
      String stem, Element project, Element parent, String artifact, String version) {
    String group = text(project, "groupId");
    String own = text(project, "version");
    List<String> said =
        List.of(
            group == null && parent != null ? text(parent, "groupId") : "" + group,
            "" + text(project, "artifactId"),
            own == null && parent != null ? text(parent, "version") : "" + own);
    List<String> expected = List.of("dev.hyperflow", artifact, version);
    if (!said.equals(expected)) {
      findings.add(stem + ".pom: expected the coordinates " + expected + ", found " + said);
    }
  }

  private void require(String stem, Element project, Element parent, String... path) {
    if (value(project, path) == null && (parent == null || value(parent, path) == null)) {
      findings.add(stem + ".pom: expected " + String.join("/", path) + ", found none");
    }
  }

  private void checkSums(String name) throws NoSuchAlgorithmException {
    Map<String, String> algorithms =
        Map.of(".md5", "MD5", ".sha1", "SHA-1", ".sha256", "SHA-256", ".sha512", "SHA-512");
    for (String end : SIDECARS) {
      byte[] sum = files.get(name + end);
      if (sum == null) {
        if (end.equals(".md5") || end.equals(".sha1")) {
          findings.add(name + end + ": is missing");
        }
        continue;
      }
      checksums++;
      byte[] digest = MessageDigest.getInstance(algorithms.get(end)).digest(files.get(name));
      String found = new String(sum, StandardCharsets.US_ASCII).strip();
      if (!found.equals(HexFormat.of().formatHex(digest))) {
        findings.add(name + end + ": is not the checksum of its file");
      }
    }
  }

  private void checkSignature(String name) throws IOException, InterruptedException {
    byte[] signature = files.get(name + ".asc");
    if (signature == null) {
      findings.add(name + ".asc: is missing");
      return;
    }
    Path folder = Files.createTempDirectory("bundle");
    Path file = Files.write(folder.resolve("file"), files.get(name));
    Path asc = Files.write(folder.resolve("file.asc"), signature);
    try {
      Process gpg =
          new ProcessBuilder("gpg", "--batch", "--verify", asc.toString(), file.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(gpg.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!gpg.waitFor(1, TimeUnit.MINUTES) || gpg.exitValue() != 0) {
        findings.add(name + ".asc: " + said.strip().replace('\n', ' '));
        return;
      }
      signatures++;
    } finally {
      Files.delete(asc);
      Files.delete(file);
      Files.delete(folder);
    }
  }

  private static Element parse(byte[] pom)
      throws ParserConfigurationException, IOException, SAXException {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(pom))
        .getDocumentElement();
  }

  private static String value(Element from, String... path) {
    Element at = from;
    for (String name : path) {
      at = at == null ? null : child(at, name);
    }
    return at == null || at.getTextContent().isBlank() ? null : at.getTextContent().strip();
  }

  private static String text(Element from, String name) {
    return value(from, name);
  }

  private static Element child(Element from, String name) {
    for (Node node = from.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        return element;
      }
    }
    return null;
  }
}
