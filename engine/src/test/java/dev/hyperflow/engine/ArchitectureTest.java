package dev.hyperflow.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.hyperflow.models.HouseRules;
import java.time.Clock;
import java.time.InstantSource;

/** The dependency picture of this module. */
@AnalyzeClasses(
    packages = "dev.hyperflow.engine",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule FREE_OF_KAFKA_AVRO_AND_HTTP =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "org.apache.avro..",
              "java.net.http..",
              "com.sun.net.httpserver..",
              "dev.hyperflow.events..",
              "dev.hyperflow.schemas..",
              "dev.hyperflow.topology..");

  @ArchTest
  static final ArchRule ONNX_RUNTIME_STAYS_IN_MODELS =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule NO_WALL_CLOCK_SLEEP_OR_PRINT = HouseRules.noWallClockSleepOrPrint();

  @ArchTest
  static final ArchRule ONLY_THE_DEFAULT_OF_AN_OPTION_IS_THE_SYSTEM_CLOCK =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.hyperflow.engine.PersonalizerOptions$Builder")
          .should()
          .callMethod(InstantSource.class, "system")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class);

  @ArchTest
  static final ArchRule INTERNALS_DO_NOT_KNOW_THE_DOOR =
      noClasses()
          .that()
          .resideInAPackage("dev.hyperflow.engine.internal..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.hyperflow.engine");

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      SlicesRuleDefinition.slices().matching("dev.hyperflow.(**)").should().beFreeOfCycles();
}
