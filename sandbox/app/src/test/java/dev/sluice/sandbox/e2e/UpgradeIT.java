package dev.sluice.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.sandbox.ServiceProcess;
import dev.sluice.sandbox.Services;
import dev.sluice.sandbox.SluiceService;
import dev.sluice.sandbox.parts.FreePort;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Phase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The version before this one, as {@code sandbox/previous.sh} has built it, begins; this one takes over, service by service, and
 * for a while both run. Platform and services are this test's own.
 */
@EnabledIf("isPreviousThere")
class UpgradeIT {
    private static final Path PREVIOUS = World.ROOT.resolve("sandbox/app/target/previous");
    private static final Path FOLDER = World.ROOT.resolve("sandbox/app/target/upgrade");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static World world;
    private static final List<Services> STARTED = new ArrayList<>();

    static boolean isPreviousThere() {
        var isThere = Files.isReadable(PREVIOUS.resolve("built"));
        if (!isThere) {
            System.out.println("[e2e] no upgrade is tried: sandbox/previous.sh builds the version to come from");
        }
        return isThere;
    }

    @BeforeAll
    static void start() {
        // what the version after it sets itself
        world = World.start(PREVIOUS, FOLDER, Map.of("QUARKUS_FLYWAY_IGNORE_FUTURE_MIGRATIONS", "true"));
    }

    @AfterAll
    static void stop() {
        STARTED.forEach(Services::close);
    }

    /** This version of a service, beside the one that runs. */
    private static Services next(SluiceService service) {
        var next = Services.start(
                world.platform(),
                List.of(service),
                World.ROOT,
                FOLDER.resolve("logs-next"),
                any -> FreePort.any(),
                any -> Services.SMALL,
                Map.of());
        STARTED.add(next);
        return next;
    }

    /** As a rolling update does: the new one is ready before the old one is asked to go. */
    private static Services replace(SluiceService service) {
        var next = next(service);
        world.services().get(service).close();
        return next;
    }

    private static Trial trial(String name) {
        var trial = new Trial(world, name);
        trial.traffic().of("stable", 0);
        trial.traffic().of("canary", 0);
        return trial;
    }

    private static void promote(Trial trial, String revision) {
        var rollout = trial.start(revision);
        approve(trial, rollout);
        trial.awaitPhase(rollout, Phase.PROMOTED);
    }

    private static void approve(Trial trial, String rollout) {
        trial.awaitPhase(rollout, Phase.AWAITING_APPROVAL);
        trial.approve();
    }

    private static void awaitWeights(Trial trial, Double... expected) {
        await().atMost(LIMIT).untilAsserted(() -> assertThat(trial.weights()).containsExactly(expected));
    }

    /** How many records the topics of dead letters have. */
    private static long deadLetters() {
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        world.platform().kafka().bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = Stream.of(Topic.values())
                    .map(topic -> topic.deadLetters(Topic.DEFAULT_PREFIX))
                    .filter(consumer.listTopics()::containsKey)
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(one -> new TopicPartition(one.topic(), one.partition()))
                    .toList();
            return consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    @Test
    @DisplayName(
            "B42: rollouts in flight go on through a rolling upgrade, a bad one goes back in the midst of it, and back to the old version nothing is lost")
    void rolloutsInFlightSurviveAnUpgrade() {
        try (var promoted = trial("upgrade-promoted");
                var waits = trial("upgrade-waits");
                var judged = trial("upgrade-judged");
                var breaks = trial("upgrade-breaks");
                var old = trial("upgrade-old")) {
            // given
            promote(promoted, "1.1.0");
            var waiting = waits.start("1.1.0");
            var judging =
                    judged.start("1.1.0", file -> file.replace("numberOfJudgmentRuns: 2", "numberOfJudgmentRuns: 60"));
            var breaking = breaks.start("1.1.0");
            approve(judged, judging);
            judged.awaitPhase(judging, Phase.ANALYZING);
            waits.awaitPhase(waiting, Phase.AWAITING_APPROVAL);
            breaks.awaitPhase(breaking, Phase.AWAITING_APPROVAL);

            // when
            replace(SluiceService.APPLIER);
            replace(SluiceService.GATE);
            var engine = next(SluiceService.ENGINE);
            breaks.traffic().of("canary", 0.5);

            // then
            breaks.awaitPhase(breaking, Phase.ROLLED_BACK);
            awaitWeights(breaks, 0.0, 10.0, 0.0);

            // and when
            world.services().get(SluiceService.ENGINE).close();
            waits.approve();
            promote(promoted, "1.2.0");

            // then
            waits.awaitPhase(waiting, Phase.PROMOTED);
            judged.awaitPhase(judging, Phase.PROMOTED);
            awaitWeights(waits, 0.0, 10.0, 50.0, 100.0);
            awaitWeights(judged, 0.0, 10.0, 50.0, 100.0);
            awaitWeights(promoted, 0.0, 10.0, 50.0, 100.0, 90.0, 50.0, 0.0);

            // and when
            var later = old.start("1.1.0");
            old.awaitPhase(later, Phase.AWAITING_APPROVAL);
            engine.close();
            goBack(old);
            replace(SluiceService.ENGINE);

            // then
            old.awaitPhase(later, Phase.PROMOTED);
            awaitWeights(old, 0.0, 10.0, 50.0, 100.0);
            assertThat(deadLetters()).isZero();
        }
    }

    /** The old version starts once more, and says what keeps it from going on. */
    private static void goBack(Trial trial) {
        var previous = world.services().get(SluiceService.ENGINE);
        var before = log(previous).length();
        previous.start();
        trial.approve();
        await("the old engine leaves it to a later version")
                .atMost(LIMIT)
                .until(() -> log(previous).substring(before).contains("later version"));
    }

    private static String log(ServiceProcess process) {
        try {
            return Files.readString(process.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
