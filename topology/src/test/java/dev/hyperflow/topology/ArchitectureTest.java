package dev.hyperflow.topology;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The dependency picture of ARCHITECTURE.md, as a test. */
@AnalyzeClasses(
    packages = "dev.hyperflow.topology",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule ONNX_RUNTIME_STAYS_IN_MODELS =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule NO_HTTP_IN_TOPOLOGY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net.http..", "com.sun.net.httpserver..");

  @ArchTest
  static final ArchRule ONLY_THE_COMMIT_GATE_USES_INTERNALS_OF_KAFKA_STREAMS =
      noClasses()
          .that()
          .haveNameNotMatching("dev\\.hyperflow\\.topology\\.internal\\.batch\\.CommitGate(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka.streams..internals..");

  @ArchTest
  static final ArchRule NO_WALL_CLOCK_SLEEP_OR_PRINT =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      SlicesRuleDefinition.slices().matching("dev.hyperflow.(**)").should().beFreeOfCycles();
}
