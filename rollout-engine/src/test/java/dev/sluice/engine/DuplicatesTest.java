package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.engine.played.Files;
import dev.sluice.engine.played.World;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.PostgresTestResource;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.WeightReport.Outcome;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The same thing twice, on any partition, and two things at once. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
class DuplicatesTest {
    private static final String TO_APPROVAL = "{\"setWeight\":{\"weight\":25}},{\"pause\":{\"untilApproved\":true}}";
    private static final Duration LONGEST = Duration.ofSeconds(60);

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
    void b04TheSameCommandTwiceHasOneEffect() {
        // given
        var application = "shop/twice";
        var start = Files.start(application, "twice-1", Files.file(application, TO_APPROVAL));
        // when
        world.command(application, start);
        world.command(application, start);
        world.awaitPhase(application, Phase.AWAITING_APPROVAL);
        // then
        await().atMost(LONGEST)
                .until(() -> world.decisions(application, "twice-1").contains("Ignored"));
        assertThat(world.decisions(application, "twice-1")).containsOnlyOnce("Started");
    }

    @Test
    void b04RepeatedReportsChangeNothing() {
        // given
        var application = "shop/reports";
        world.command(application, Files.start(application, "reports-1", Files.file(application, TO_APPROVAL)));
        world.awaitPhase(application, Phase.AWAITING_APPROVAL);
        var orders = world.orders(application);
        // when
        orders.forEach(order -> world.report(order, Outcome.APPLIED));
        world.command(application, Files.command(application, "reports-2", "approve"));
        world.awaitPhase(application, Phase.PROMOTED);
        // then
        assertThat(world.audit(application).stream()
                        .filter(audit -> audit.decision().equals("Answered"))
                        .map(audit -> audit.event().id()))
                .doesNotHaveDuplicates();
    }

    @Test
    void b35AnyPartitionWillDo() {
        // given
        var application = "shop/anywhere";
        var start = Files.start(application, "anywhere-1", Files.file(application, TO_APPROVAL));
        // when
        world.wire.send(Topic.COMMANDS, 0, "some other key", start);
        world.awaitPhase(application, Phase.AWAITING_APPROVAL);
        world.wire.send(Topic.COMMANDS, 1, null, start);
        world.wire.send(Topic.COMMANDS, 3, application, Files.command(application, "anywhere-2", "approve"));
        world.awaitPhase(application, Phase.PROMOTED);
        // then
        assertThat(world.decisions(application, "anywhere-1")).containsOnlyOnce("Started");
    }

    @Test
    void b33OfTwoApplicationsThatNameOneRouteAtOnceOneIsRejected() {
        // given
        var applications = List.of("shop/one", "shop/other");
        // when
        for (int i = 0; i < 2; i++) {
            var application = applications.get(i);
            var file = Files.file(application, "contested", TO_APPROVAL);
            world.wire.send(Topic.COMMANDS, i, application, Files.start(application, "contested-" + i, file));
        }
        // then
        var led = applications.stream()
                .map(application -> world.awaitDecisions(application, "contested-" + applications.indexOf(application)))
                .toList();
        assertThat(led).filteredOn(decisions -> decisions.contains("Started")).hasSize(1);
        assertThat(led).filteredOn(decisions -> decisions.contains("Rejected")).hasSize(1);
    }

    @Test
    void b03OfTwoStartsAtOnceOneCounts() {
        // given
        var application = "shop/raced";
        var file = Files.file(application, TO_APPROVAL);
        // when
        world.wire.send(Topic.COMMANDS, 0, application, Files.start(application, "raced-0", file));
        world.wire.send(Topic.COMMANDS, 1, application, Files.start(application, "raced-1", file));
        // then
        var led = List.of(world.awaitDecisions(application, "raced-0"), world.awaitDecisions(application, "raced-1"));
        assertThat(led).filteredOn(decisions -> decisions.contains("Started")).hasSize(1);
        assertThat(led)
                .filteredOn(decisions -> decisions.contains("Ignored"))
                .as("it asks for what runs already")
                .hasSize(1);
    }
}
