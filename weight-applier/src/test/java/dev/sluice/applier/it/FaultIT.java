package dev.sluice.applier.it;

import static dev.sluice.applier.it.Courses.HTTP_ROUTES;
import static dev.sluice.applier.it.Courses.SPLITS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.applier.TestOrder;
import dev.sluice.sandbox.parts.KafkaPart;
import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.sandbox.parts.MeshKinds;
import dev.sluice.sandbox.parts.SluiceTopics;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.WeightReport.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged service with a proxy in front of a real API server that fails in every way in which a write can fail, drawn
 * from a seed ({@code -Dseed} for another). What the API server stores is seen past the proxy.
 */
class FaultIT {
    private static final long SEED = Long.getLong("seed", 20261130);
    private static final String NAMESPACE = "faults";
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Map<String, String> SETTINGS = Map.of(
            "SLUICE_KUBERNETES_REQUEST_TIMEOUT", "PT1S",
            "SLUICE_KUBERNETES_WATCH_CHECK", "PT1S",
            "SLUICE_BACKOFF_LONGEST", "PT0.5S",
            "SLUICE_SESSION_TIMEOUT", "PT6S");

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    /** A create for each fault, and one for none. */
    private final Courses courses = new Courses(NAMESPACE, Fault.values().length + 1, random);

    private String brokers;
    private FaultProxy proxy;
    private Desk desk;
    private History history;

    private record Card(String method, String resource, Fault fault) {}

    @Test
    @DisplayName("B06 B09 B19 B49 whatever becomes of requests, answers and the applier, no weight ever goes back")
    void neverGoesBack() throws Exception {
        assumeThat(KubernetesPart.isRealThere())
                .as("a real API server is here; the mock checks no versions as that does")
                .isTrue();
        try (var kafka = KafkaPart.start();
                var kubernetes = KubernetesPart.start(KubernetesPart.Choice.REAL);
                var client = kubernetes.client();
                var inFront = new FaultProxy(kubernetes.kubeconfig(), folder)) {
            // given
            brokers = kafka.bootstrapServers();
            proxy = inFront;
            SluiceTopics.create(brokers, Topic.DEFAULT_PREFIX);
            MeshKinds.SMI.install(client);
            MeshKinds.GATEWAY_API.install(client);
            new Shop(client, NAMESPACE, "v1alpha4").ready(3, 3);
            courses.createHttpRoute(client);
            try (var sender = new Desk(brokers);
                    var seen = new History(client, NAMESPACE)) {
                desk = sender;
                history = seen;
                courses.follow(history);

                // when
                var deck = deck();
                var half = deck.size() / 2;
                try (var first = start()) {
                    first.awaitReady();
                    begin();
                    playThrough(deck.subList(0, half));
                    killBeforeReport(first);
                }
                try (var second = start()) {
                    second.awaitReady();
                    courses.all().forEach(this::settle);
                    playThrough(deck.subList(half, deck.size()));
                    settleAll();
                    assertThat(second.metrics())
                            .contains("sluice_applier_routes{cluster=\"prod,staging\"} "
                                    + (double) courses.all().size());
                }

                // then
                assertThat(history.wrongs()).isEmpty();
                assertThat(courses.all())
                        .allSatisfy(course -> assertThat(history.fences(course.route()))
                                .hasSizeGreaterThan(5)
                                .last()
                                .isEqualTo(fence(course.newest())));
            }
        }
        assertThat(Files.readString(folder.resolve("output")))
                .doesNotContain("ERROR")
                .doesNotContain("Exception");
    }

    private PackagedService start() {
        return PackagedService.start(brokers, proxy.kubeconfig(), folder.resolve("output"), SETTINGS);
    }

    private void begin() {
        var met = Stream.of(Fault.values())
                .map(fault -> proxy.next(1, "POST", SPLITS, fault))
                .toList();
        courses.all().forEach(course -> desk.send(course.next()));
        met.forEach(FaultRule::awaitMet);
        settleAll();
    }

    /** Between a write and its report; with old orders in the log, and trouble with lists, when the next one starts. */
    private void killBeforeReport(PackagedService first) {
        settleAll();
        var course = courses.any(SPLITS);
        var written = proxy.next(1, "PUT", course.object(), Fault.UNANSWERED);
        desk.send(course.next());
        written.awaitCarriedOut();
        first.kill();
        assertThat(desk.reports(course.newest())).isEmpty();
        courses.all().forEach(other -> desk.send(other.old()));
        troubleStart();
    }

    /** What an applier reads before it knows anything of the cluster. */
    private void troubleStart() {
        proxy.next(1, "GET", SPLITS, Fault.BROKEN);
        proxy.next(1, "GET", HTTP_ROUTES, Fault.UNANSWERED);
        proxy.next(1, "GET", "services", Fault.TOO_MANY);
        proxy.next(1, "GET", "endpointslices", Fault.LOST);
        proxy.next(1, "GET", "apis", Fault.UNAVAILABLE);
    }

    /** Every fault of writes for both kinds, and of the looks that follow for one of them, in an order of the seed's. */
    private List<Card> deck() {
        var deck = new ArrayList<Card>();
        for (var fault : Fault.values()) {
            deck.add(new Card("PUT", SPLITS, fault));
            deck.add(new Card("PUT", HTTP_ROUTES, fault));
        }
        for (var fault : Fault.OF_READS) {
            deck.add(new Card("GET", random.nextBoolean() ? SPLITS : HTTP_ROUTES, fault));
        }
        Collections.shuffle(deck, random);
        return deck;
    }

    /** Each fault meets an order that a newer one overtakes; other routes are ordered on meanwhile, and late orders come. */
    private void playThrough(List<Card> cards) {
        for (var card : cards) {
            var course = courses.any(card.resource());
            if (random.nextInt(4) == 0) {
                proxy.silenceWatches();
            }
            if (card.method().equals("GET")) {
                // what makes the applier look again
                proxy.next(1, "PUT", course.object(), Fault.CONFLICT);
            }
            var rule = proxy.next(1 + random.nextInt(2), card.method(), course.object(), card.fault());
            desk.send(course.next());
            rule.awaitMet();
            desk.send(course.old());
            desk.send(course.next());
            courses.all().stream()
                    .filter(other -> other != course && random.nextBoolean())
                    .forEach(this::disturb);
            settle(course);
        }
    }

    private void disturb(Course course) {
        desk.send(course.next());
        desk.send(course.old());
        desk.send(course.newest());
    }

    private void settleAll() {
        proxy.endFaults();
        courses.all().forEach(this::settle);
    }

    private void settle(Course course) {
        var order = course.newest();
        await(course.route() + " at " + fence(order))
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    assertThat(history.wrongs()).isEmpty();
                    return isApplied(order) && history.fences(course.route()).contains(fence(order));
                });
    }

    private boolean isApplied(TestOrder order) {
        return desk.reports(order).stream().anyMatch(report -> report.outcome() == Outcome.APPLIED);
    }

    private static Fence fence(TestOrder order) {
        var built = order.build();
        return new Fence(built.generation(), built.sequence(), built.weight(), built.active());
    }
}
