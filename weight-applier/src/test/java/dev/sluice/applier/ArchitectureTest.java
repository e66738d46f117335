package dev.sluice.applier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

@AnalyzeClasses(packages = "dev.sluice.applier", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule coreKnowsJavaAndSchemasOnly = classes()
            .that()
            .resideInAPackage("..applier.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("..applier.core..", "dev.sluice.schemas..", "java..");

    @ArchTest
    static final ArchRule coreHasNoClock = noClasses()
            .that()
            .resideInAPackage("..applier.core..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .belongToAnyOf(Clock.class, Random.class, UUID.class, Thread.class);

    @ArchTest
    static final ArchRule meshesKnowNoClient = noClasses()
            .that()
            .resideInAPackage("..applier.mesh..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "org.apache.kafka..", "..applier.kubernetes..", "..applier.shell..");

    @ArchTest
    static final ArchRule wordsNeedNothingOfTheService = classes()
            .that()
            .resideInAPackage("..applier.cli..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "..applier.cli..",
                    "..applier.mesh..",
                    "..applier.core..",
                    "dev.sluice.schemas..",
                    "com.fasterxml.jackson..",
                    "org.yaml.snakeyaml..",
                    "io.quarkus.runtime..",
                    "java..");

    @ArchTest
    static final ArchRule onlyOneShelfTalksToKubernetes = noClasses()
            .that()
            .resideOutsideOfPackage("..applier.kubernetes..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8..");

    @ArchTest
    static final ArchRule onlyOneShelfTalksToKafka = noClasses()
            .that()
            .resideOutsideOfPackage("..applier.kafka..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.eclipse.microprofile.reactive..", "io.smallrye.reactive..");
}
