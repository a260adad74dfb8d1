package dev.hyperflow.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = {"dev.hyperflow.schemas", "dev.hyperflow.events"},
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String REGISTRY = "dev.hyperflow.schemas.internal.registry";
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
          .doNotHaveSimpleName("RegistryTransport")
          .and()
          .doNotHaveSimpleName("OAuthTokens")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackage("java.net.http..");

  @ArchTest
  static final ArchRule shouldHaveNoCycles =
      slices().matching("dev.hyperflow.(**)").should().beFreeOfCycles();
}
