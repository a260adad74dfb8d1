package dev.hyperflow.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.hyperflow", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String REGISTRY = "dev.hyperflow.schemas.registry";
  private static final String EMBEDDED = "dev.hyperflow.schemas.registry.embedded";
  private static final String SERDE = "dev.hyperflow.schemas.serde";

  @ArchTest
  static final ArchRule shouldKnowNeitherStreamsNorModels =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.kafka.streams..",
              "ai.onnxruntime..",
              "dev.hyperflow.models..",
              "dev.hyperflow.topology..");

  @ArchTest
  static final ArchRule shouldNotReachFromTheClientIntoTheServer =
      noClasses()
          .that()
          .resideInAnyPackage(REGISTRY, SERDE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(EMBEDDED, "com.sun.net.httpserver..");

  @ArchTest
  static final ArchRule shouldNotKnowTheSerdeInTheRegistry =
      noClasses()
          .that()
          .resideInAPackage(REGISTRY + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SERDE);

  @ArchTest
  static final ArchRule shouldSpeakHttpOnlyInTheTransport =
      classes()
          .that()
          .resideOutsideOfPackage(EMBEDDED)
          .and()
          .doNotHaveSimpleName("RegistryTransport")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackage("java.net.http..");

  @ArchTest
  static final ArchRule shouldHaveNoCycles =
      slices().matching("dev.hyperflow.schemas.(**)").should().beFreeOfCycles();
}
