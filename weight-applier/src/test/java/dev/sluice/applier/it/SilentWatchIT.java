package dev.sluice.applier.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.it.ClusterResource.Cluster;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.Ownership;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Connections that stay open and carry nothing any more, on a real API server where its binaries are. */
@QuarkusTest
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = ClusterResource.class,
        restrictToAnnotatedClass = true,
        initArgs = {
            @ResourceArg(name = "choice", value = "auto"),
            @ResourceArg(name = "sluice.kubernetes.watch-check", value = "PT1S"),
            // a request on a silent connection shall not take long to fail
            @ResourceArg(name = "sluice.kubernetes.request-timeout", value = "PT2S")
        })
class SilentWatchIT {
    /** Less than it takes a route to look by itself. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final Set<Outcome> SETTLED = Set.of(Outcome.APPLIED, Outcome.ENDPOINTS_LOST);

    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    Cluster cluster;

    @Inject
    MeterRegistry registry;

    private KubernetesClient client;
    private Desk desk;
    private Shop shop;
    private String namespace;

    @BeforeEach
    void open() {
        namespace = "silent-" + NAMESPACES.incrementAndGet();
        client = cluster.part().client();
        desk = new Desk(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
        shop = new Shop(client, namespace, "v1alpha4");
        shop.ready(3, 3);
        send(order(0).beginning().numbered(1));
        send(order(25));
        // what a watch has never shown, and is gone again, no list can tell of
        shop.setWeights(60, 40);
        awaitWeights();
        cluster.link().silence();
    }

    @AfterEach
    void close() {
        desk.forget(order(0).route());
        desk.close();
        client.close();
    }

    private TestOrder order(int percent) {
        return TestOrder.of(percent).in(namespace).until(Instant.now().plus(Duration.ofMinutes(30)));
    }

    /** The watches that an earlier test silenced have to be found first. */
    private void send(TestOrder order) {
        desk.send(order);
        awaitReport(order, Outcome.APPLIED);
    }

    private void awaitWeights() {
        await().atMost(LIMIT).until(() -> shop.weights().equals(Map.of("checkout", 75, "checkout-canary", 25)));
    }

    private List<Outcome> outcomes(TestOrder order) {
        return desk.reports(order).stream().map(WeightReport::outcome).toList();
    }

    private void awaitReport(TestOrder order, Outcome outcome) {
        await().atMost(LIMIT).until(() -> desk.reports(order).stream().anyMatch(report -> report.outcome() == outcome));
    }

    @Test
    @DisplayName("B49 an edit that a silent watch doesn't tell of is found by the check of its kind, and put back")
    void findsAMissedEdit() {
        // when
        shop.setWeights(10, 90);

        // then
        awaitWeights();
        assertThat(registry.get("sluice.applier.watches.renewed").counter().count())
                .isPositive();

        // when: the watch that was begun anew works
        shop.setWeights(20, 80);

        // then
        awaitWeights();
    }

    @Test
    @DisplayName("B49 a deletion that a silent watch doesn't tell of is found, and the object comes back")
    void findsAMissedDeletion() {
        // when
        shop.split().delete();

        // then
        awaitWeights();
    }

    @Test
    @DisplayName("B49 endpoints that a silent watch doesn't tell of are found, and their loss is reported")
    void findsLostEndpoints() {
        // when
        shop.ready(3, 0);

        // then
        awaitReport(order(25), Outcome.ENDPOINTS_LOST);
    }

    @Test
    @DisplayName("B18 endpoints that no watch has shown yet are not lost: a split adopted at 50 % stays there")
    void asksBeforeItCallsEndpointsLost() {
        // given
        shop.serve("checkout-late");
        shop.slice("checkout-late", 2);
        shop.create(
                "late",
                Map.of(),
                List.of(Map.of("service", "checkout", "weight", 50), Map.of("service", "checkout-late", "weight", 50)));
        var order = order(0).weighing(null)
                .named("late")
                .between("checkout", "checkout-late")
                .owning(Ownership.ADOPT)
                .beginning()
                .numbered(1);

        // when
        desk.send(order);

        // then
        await().atMost(LIMIT)
                .until(() -> outcomes(order), outcomes -> outcomes.stream().anyMatch(SETTLED::contains));
        assertThat(outcomes(order)).contains(Outcome.APPLIED).doesNotContain(Outcome.ENDPOINTS_LOST);
        desk.forget(order.route());
    }
}
