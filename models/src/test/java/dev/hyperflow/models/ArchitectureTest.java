package dev.hyperflow.models;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.time.Clock;
import java.time.Instant;

/** The dependency picture of this module. */
@AnalyzeClasses(
    packages = "dev.hyperflow.models",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule shouldKeepTheRuntimeInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.hyperflow.models.internal.onnx")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.onnxruntime..", "ai.djl..");

  @ArchTest
  static final ArchRule shouldKeepProtobufInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.hyperflow.models.internal.graph")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.onnx.proto..", "com.google.protobuf..", "org.tribuo..");

  @ArchTest
  static final ArchRule shouldRunWithoutTheGraphWriter =
      noClasses()
          .that()
          .doNotHaveSimpleName("ShippedBundles")
          .and()
          .doNotHaveSimpleName("InnerOutput") // adds an output to an encoder that is opened
          .and()
          .resideOutsideOfPackages(
              "dev.hyperflow.models.internal.graph",
              "dev.hyperflow.models.internal.make",
              "dev.hyperflow.models.internal.verify")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.hyperflow.models.internal.graph",
              "dev.hyperflow.models.internal.make",
              "dev.hyperflow.models.internal.verify");

  @ArchTest
  static final ArchRule shouldKnowNothingOfTransport =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka..",
              "org.apache.avro..",
              "java.net.http..",
              "com.sun.net.httpserver..");

  @ArchTest
  static final ArchRule shouldNotReadTheWallClock =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Clock.class);

  @ArchTest
  static final ArchRule shouldNeitherPrintNorSleep =
      noClasses()
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule shouldHaveNoCycles =
      SlicesRuleDefinition.slices().matching("dev.hyperflow.(**)").should().beFreeOfCycles();
}
