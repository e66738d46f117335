package dev.sluice.notifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The shelves and what may not be on them. A rule whose subject is empty fails. */
@AnalyzeClasses(packages = "dev.sluice.notifier", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theCoreKnowsJavaJsonAndTheSchemasOnly = classes()
            .that()
            .resideInAPackage("..notifier.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "com.fasterxml.jackson..",
                    "com.google.re2j..",
                    "dev.sluice.schemas..",
                    "dev.sluice.notifier.core..");

    @ArchTest
    static final ArchRule theCoreHasNoClockChanceThreadOrInputOfItsOwn = noClasses()
            .that()
            .resideInAPackage("..notifier.core..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.UUID")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio.file..", "java.net.http..", "java.util.concurrent..");

    @ArchTest
    static final ArchRule packagesGoOneWay =
            slices().matching("dev.sluice.notifier.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyKafkaKnowsChannelsOfMessages = noClasses()
            .that()
            .resideOutsideOfPackage("..notifier.kafka..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.microprofile.reactive..", "io.smallrye.reactive..");
}
