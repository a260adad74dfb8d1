package dev.hyperflow.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The dependency picture of ARCHITECTURE.md, as a test. */
@AnalyzeClasses(
    packages = "dev.hyperflow.app",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule MODELS_ARE_THE_TOPOLOGYS_BUSINESS =
      noClasses().should().dependOnClassesThat().resideInAnyPackage("ai.onnxruntime..");

  @ArchTest
  static final ArchRule ONLY_THE_COMMAND_LINE_KNOWS_PICOCLI =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.hyperflow.app.cli..")
          .and()
          .doNotHaveSimpleName("Main")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule ONLY_MAIN_KNOWS_THE_COMMAND_LINE =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.hyperflow.app.cli..")
          .and()
          .doNotHaveSimpleName("Main")
          .should()
          .dependOnClassesThat(resideInAPackage("dev.hyperflow.app.cli.."));

  @ArchTest
  static final ArchRule NOTHING_KNOWS_KAFKAS_SERVER =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "kafka..",
              "scala..",
              "org.apache.kafka.metadata..",
              "org.apache.kafka.server..",
              "dev.hyperflow.demo..");

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      SlicesRuleDefinition.slices().matching("dev.hyperflow.(**)").should().beFreeOfCycles();
}
