package dev.sluice.triggers;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The shelves and what may not be on them. A rule whose subject is empty fails. */
@AnalyzeClasses(packages = "dev.sluice.triggers", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theCoreKnowsJavaJsonAndTheSchemasOnly = classes()
            .that()
            .resideInAPackage("..triggers.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "com.fasterxml.jackson..", "dev.sluice.schemas..", "dev.sluice.triggers.core..");

    @ArchTest
    static final ArchRule theCoreHasNoClockChanceThreadOrInputOfItsOwn = noClasses()
            .that()
            .resideInAPackage("..triggers.core..")
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
            slices().matching("dev.sluice.triggers.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyKafkaKnowsChannelsOfMessages = noClasses()
            .that()
            .resideOutsideOfPackage("..triggers.kafka..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.microprofile.reactive..", "io.smallrye.reactive..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule onlyTheWatcherKnowsKubernetes = noClasses()
            .that()
            .resideOutsideOfPackage("..triggers.kubernetes..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk..");
}
