package dev.sluice.gate.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** What makes the core replayable. Rules that match nothing fail: ArchUnit's default, relied on here. */
@AnalyzeClasses(packages = "dev.sluice.gate", importOptions = DoNotIncludeTests.class)
class PurityTest {
    /** What {@code Math} must give to the last bit. */
    private static final Set<String> EXACT =
            Set.of("abs", "copySign", "max", "min", "rint", "round", "signum", "sqrt", "ceil", "floor");

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
            .resideInAnyPackage("..gate.core..", "..gate.statistics..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.SplittableRandom")
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
    static final ArchRule statisticsKnowOnlyJava = classes()
            .that()
            .resideInAPackage("..gate.statistics..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java.lang..",
                    "java.math..",
                    "java.time..",
                    "java.util",
                    "java.util.function..",
                    "java.util.stream..",
                    "dev.sluice.gate.statistics..");

    /** The same input gives the same verdict on every machine: {@code Math} may round these as its processor likes. */
    @ArchTest
    static final ArchRule statisticsRoundEverywhereAlike = noClasses()
            .that()
            .resideInAPackage("..gate.statistics..")
            .should()
            .callMethodWhere(describe(
                    "Math's functions that aren't exact",
                    call -> call.getTargetOwner().isEquivalentTo(Math.class)
                            && !EXACT.contains(call.getTarget().getName())));

    @ArchTest
    static final ArchRule pluginsDoNotKnowKafka = noClasses()
            .that()
            .resideInAPackage("..gate.judge..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "..gate.kafka..", "..gate.http..");
}
