package dev.sluice.dashboard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The shelves and what may not be on them. A rule whose subject is empty fails. */
@AnalyzeClasses(packages = "dev.sluice.dashboard", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theCoreKnowsJavaAndTheSchemasOnly = classes()
            .that()
            .resideInAPackage("..dashboard.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "dev.sluice.schemas..", "dev.sluice.dashboard.core..");

    @ArchTest
    static final ArchRule theCoreHasNoClockThreadOrInputOfItsOwn = noClasses()
            .that()
            .resideInAPackage("..dashboard.core..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.net..", "java.util.concurrent..");

    @ArchTest
    static final ArchRule onlyTheKafkaShelfKnowsKafka = noClasses()
            .that()
            .resideOutsideOfPackage("..dashboard.kafka..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "io.smallrye.reactive.messaging..");
}
