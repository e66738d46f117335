package dev.sluice.engine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The shelves and what may not be on them. A rule whose subject is empty fails. */
@AnalyzeClasses(packages = "dev.sluice.engine", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule theCoreKnowsJavaAndTheSchemasOnly = classes()
            .that()
            .resideInAPackage("..engine.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "dev.sluice.schemas..", "dev.sluice.engine.core..");

    @ArchTest
    static final ArchRule whatARolloutIsKnowsNoRule = noClasses()
            .that()
            .resideInAPackage("..engine.core.state..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.sluice.engine.core", "..engine.core.rule..", "..engine.core.told..");

    @ArchTest
    static final ArchRule theCoreHasNoClockChanceThreadOrInputOfItsOwn = noClasses()
            .that()
            .resideInAPackage("..engine.core..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.UUID")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Random")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.time.Clock")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.Thread")
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.io..", "java.nio.file..", "java.net..", "java.util.concurrent..", "java.util.logging..");

    @ArchTest
    static final ArchRule adaptersDoNotKnowEachOther = slices().matching(
                    "dev.sluice.engine.(kafka|postgres|timer|webhook)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule adaptersDoNotKnowTheShell = noClasses()
            .that()
            .resideInAnyPackage("..engine.kafka..", "..engine.postgres..", "..engine.timer..", "..engine.webhook..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..engine.shell..", "..engine.http..");

    @ArchTest
    static final ArchRule onlyTheShellOpensTransactions = noClasses()
            .that(not(resideInAPackage("..engine.shell..")))
            .should()
            .callMethod(dev.sluice.engine.postgres.Database.class, "transaction", java.util.function.Function.class);

    @ArchTest
    static final ArchRule onlyPostgresKnowsHibernate = noClasses()
            .that()
            .resideInAnyPackage("..engine.kafka..", "..engine.http..", "..engine.timer..", "..engine.webhook..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.hibernate..", "jakarta.persistence..");

    @ArchTest
    static final ArchRule onlyKafkaKnowsChannels = noClasses()
            .that(not(resideInAPackage("..engine.kafka..")))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.microprofile.reactive..", "io.smallrye.reactive..");
}
