package dev.hyperflow.training;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The dependency picture of this module. */
@AnalyzeClasses(
    packages = "dev.hyperflow.training",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule PACKAGES_FORM_NO_CYCLE =
      SlicesRuleDefinition.slices().matching("dev.hyperflow.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_REPORTS_DRAW =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.hyperflow.training.evaluate..")
          .and()
          .doNotHaveFullyQualifiedName("dev.hyperflow.training.train.TrainingReport")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.knowm.xchart..");

  @ArchTest
  static final ArchRule DATA_AND_PEERS_KNOW_NOTHING_OF_WHO_USES_THEM =
      noClasses()
          .that()
          .resideInAnyPackage("dev.hyperflow.training.data..", "dev.hyperflow.training.peers..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.hyperflow.training.evaluate..", "ai.djl..", "picocli..");
}
