package dev.hyperflow.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The dependency picture of this module. */
@AnalyzeClasses(
    packages = "dev.hyperflow.server",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule NO_MODEL_RUNTIME_AND_NO_COMMAND_LINE =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.onnxruntime..", "picocli..", "dev.hyperflow.app..");

  @ArchTest
  static final ArchRule ONLY_ONE_PACKAGE_KNOWS_JETTY =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.hyperflow.server.jetty")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.jetty..");

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      SlicesRuleDefinition.slices().matching("dev.hyperflow.(**)").should().beFreeOfCycles();
}
