package dev.hyperflow.topology;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.hyperflow.models.HouseRules;

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
  static final ArchRule ONLY_GATE_AND_INBOX_USE_INTERNALS_OF_KAFKA_STREAMS =
      noClasses()
          .that()
          .haveNameNotMatching(
              "dev\\.hyperflow\\.topology\\.internal\\."
                  + "(batch\\.CommitGate(\\$.*)?|state\\.Inbox)")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.kafka.streams..internals..");

  @ArchTest
  static final ArchRule NO_WALL_CLOCK_SLEEP_OR_PRINT = HouseRules.noWallClockSleepOrPrint();

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      SlicesRuleDefinition.slices().matching("dev.hyperflow.(**)").should().beFreeOfCycles();
}
