package dev.sluice.gate.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What makes the core replayable. Rules that match nothing fail: ArchUnit's default, relied on here. */
@AnalyzeClasses(packages = "dev.sluice.gate", importOptions = DoNotIncludeTests.class)
class PurityTest {
    @ArchTest
    static final ArchRule coreKnowsOnlyJavaAndTheSchemas = classes()
            .that()
            .resideInAPackage("..gate.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "dev.sluice.schemas..", "dev.sluice.gate.core..");

    @ArchTest
    static final ArchRule coreHasNoClockChanceOrThread = noClasses()
            .that()
            .resideInAPackage("..gate.core..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.UUID")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.Thread")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.util.concurrent..", "java.util.logging..", "java.io..", "java.nio..", "java.net..")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule pluginsDoNotKnowKafka = noClasses()
            .that()
            .resideInAPackage("..gate.judge..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "..gate.kafka..", "..gate.http..");
}
