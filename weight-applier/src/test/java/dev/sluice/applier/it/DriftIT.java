package dev.sluice.applier.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.applier.TestOrder;
import dev.sluice.sandbox.parts.KafkaPart;
import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.sandbox.parts.MeshKinds;
import dev.sluice.sandbox.parts.SluiceTopics;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.Ownership;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who else changes weights, on a real API server: the mock records no field's manager and forgets no version. */
class DriftIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    /** Nothing but watches may find an edit. */
    private static final Map<String, String> SETTINGS = Map.of("SLUICE_KUBERNETES_WATCH_CHECK", "PT10M");

    @TempDir
    static Path folder;

    private static KafkaPart kafka;
    private static KubernetesPart kubernetes;
    private static KubernetesClient client;
    private static FaultProxy proxy;
    private static PackagedService service;
    private static int namespaces;

    private String namespace;
    private Shop shop;
    private Desk desk;

    @BeforeAll
    static void start() throws Exception {
        assumeThat(KubernetesPart.isRealThere()).as("a real API server is here").isTrue();
        kafka = KafkaPart.start();
        kubernetes = KubernetesPart.start(KubernetesPart.Choice.REAL);
        client = kubernetes.client();
        proxy = new FaultProxy(kubernetes.kubeconfig(), folder);
        SluiceTopics.create(kafka.bootstrapServers(), Topic.DEFAULT_PREFIX);
        MeshKinds.SMI.install(client);
        service = PackagedService.start(
                        kafka.bootstrapServers(), proxy.kubeconfig(), folder.resolve("output"), SETTINGS)
                .awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        for (var part : new AutoCloseable[] {service, proxy, client, kubernetes, kafka}) {
            if (part != null) {
                part.close();
            }
        }
    }

    @BeforeEach
    void open() {
        namespace = "drift-" + ++namespaces;
        shop = new Shop(client, namespace, "v1alpha4");
        shop.ready(3, 3);
        desk = new Desk(kafka.bootstrapServers());
    }

    @AfterEach
    void close() {
        desk.forget(order(0).route());
        desk.close();
    }

    private TestOrder order(int percent) {
        return TestOrder.of(percent)
                .in(namespace)
                .owning(Ownership.EDIT)
                .until(Instant.now().plus(Duration.ofMinutes(30)));
    }

    private void send(TestOrder order) {
        desk.send(order);
        desk.awaitReport(order, Outcome.APPLIED);
    }

    private List<WeightReport> repairs(TestOrder order) {
        return desk.reports(order).stream()
                .filter(report -> report.outcome() == Outcome.DRIFT_REPAIRED)
                .toList();
    }

    private List<WeightReport> awaitRepairs(TestOrder order, int count) {
        await(count + " repairs").atMost(LIMIT).until(() -> repairs(order).size() >= count);
        return repairs(order);
    }

    @ParameterizedTest
    @EnumSource(GitLoop.Way.class)
    @DisplayName(
            "B15 B40 a tool that applies Git's version again and again is put back slower and slower, is told apart from"
                    + " a person, and the report says how to end the fight")
    void outlastsAToolThatAppliesGitsVersion(GitLoop.Way way) {
        // given
        try (var git = new GitLoop(client, shop, way).begin()) {
            send(order(0).beginning().numbered(1));

            // when
            send(order(25));
            var repairs = awaitRepairs(order(25), 3);

            // then: the first at once, then at least half a second, a second … after the one before
            assertThat(Duration.between(repairs.get(0).time(), repairs.get(1).time()))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(500));
            assertThat(Duration.between(repairs.get(1).time(), repairs.get(2).time()))
                    .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
            assertThat(repairs)
                    .allSatisfy(report -> assertThat(report.reason())
                            .contains(
                                    way.mark(),
                                    "ignoreDifferences: [{group: split.smi-spec.io, kind: TrafficSplit, name: checkout,"
                                            + " managedFieldsManagers: [sluice]}]",
                                    "RespectIgnoreDifferences=true"));
            assertThat(repairs.get(2).reason()).contains("3 times lately");

            // when: the route waits to be put back once more
            send(order(0).numbered(3));

            // then
            assertThat(shop.fence(order(0))).startsWith("1795170000000.3=0");
            assertThat(desk.outcomes(order(0))).doesNotContain(Outcome.TAKEN_BACK);

            // when
            git.ignoreDifferences();
            send(order(50).numbered(4));
            shop.awaitWeights(50, 50);
            var fought = git.applied();
            var rounds = git.rounds();

            // then
            await().atMost(LIMIT).until(() -> git.rounds() > rounds + 20);
            assertThat(git.applied()).isEqualTo(fought);
            assertThat(shop.weights()).isEqualTo(Map.of("checkout", 50, "checkout-canary", 50));
            assertThat(desk.outcomes(order(0))).doesNotContain(Outcome.TAKEN_BACK);
        }
    }

    @Test
    @DisplayName("B15 an edit by hand is put back by the watch, and counted")
    void putsAnEditBack(TestInfo test) {
        // given
        shop.create(Map.of(), 100, 0);
        send(order(0).beginning().numbered(1));
        send(order(25));
        var counted = driftRepaired();

        // when
        try (var seen = new EditWatch(shop)) {
            shop.setWeights(10, 90);

            // then
            await().atMost(LIMIT).until(() -> seen.repairedAfter().isPresent());
            System.out.println(test.getDisplayName() + ": after "
                    + seen.repairedAfter().orElseThrow().toMillis() + " ms");
        }
        desk.awaitReport(order(25), Outcome.DRIFT_REPAIRED);
        await().atMost(LIMIT).until(() -> driftRepaired() == counted + 1);
    }

    private static double driftRepaired() {
        return service.metrics()
                .lines()
                .filter(line -> line.startsWith("sluice_applier_reports_total") && line.contains("\"drift_repaired\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @ParameterizedTest
    @EnumSource(Gone.class)
    @DisplayName(
            "B15 B49 an edit in a time of which a lost watch can't be told any more (410) is found by the list that follows")
    void findsWhatALostWatchMissed(Gone how) {
        // given
        shop.create(Map.of(), 100, 0);
        send(order(0).beginning().numbered(1));
        send(order(25));
        // the watch works
        shop.setWeights(60, 40);
        shop.awaitWeights(75, 25);

        // when
        proxy.loseWatches();
        shop.setWeights(10, 90);
        proxy.awaitLostWatch("trafficsplits");

        // then
        assertThat(shop.weights()).isEqualTo(Map.of("checkout", 10, "checkout-canary", 90));

        // when
        assertThat(proxy.answerLostWatches("trafficsplits", how)).isPositive();

        // then
        shop.awaitWeights(75, 25);

        // when: the watch that follows works
        shop.setWeights(60, 40);

        // then
        shop.awaitWeights(75, 25);
    }
}
