package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.played.Files;
import dev.sluice.engine.played.World;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Verdict;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The engine from topic to topic, on a real broker and a real database. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
class RolloutPathTest {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private World world;

    @BeforeEach
    void open() {
        world = new World(bootstrapServers);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aStartOnKafkaIsCarriedOutStepByStepToPromoted() {
        // given
        var application = "shop/path";
        var steps = "{\"setWeight\":{\"weight\":25}},{\"pause\":{\"duration\":1,\"unit\":\"seconds\"}}";
        // when
        world.command(application, Files.start(application, "path-1", Files.file(application, steps)));
        var status = world.awaitPhase(application, Phase.PROMOTED);
        // then
        assertThat(world.orderedWeights(application)).containsSubsequence(Weight.ZERO, Weight.percent(25), Weight.FULL);
        assertThat(status.rollout()).isEqualTo("path-1");
        assertThat(world.decisions(application, "path-1")).contains("Started");
    }

    @Test
    void rollsBackWhenAVerdictFails() {
        // given
        var application = "shop/verdict";
        var steps = "{\"setWeight\":{\"weight\":25}},"
                + "{\"analysis\":{\"interval\":1,\"units\":\"hours\",\"numberOfJudgmentRuns\":3,\"queries\":[\"errors\"]}}";
        world.command(application, Files.start(application, "verdict-1", Files.file(application, steps)));
        world.awaitPhase(application, Phase.ANALYZING);
        // when
        var analyses = world.analyses(application);
        world.verdict(analyses.getLast(), 1, Verdict.Outcome.FAIL);
        world.awaitPhase(application, Phase.ROLLED_BACK);
        // then
        assertThat(world.orderedWeights(application).getLast()).isEqualTo(Weight.ZERO);
        assertThat(world.analyses(application).getLast().analyses()).isEmpty();
    }
}
