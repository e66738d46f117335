package dev.sluice.applier.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.it.ClusterResource.Cluster;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Outcome;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** An account with rights in single namespaces only. The mock asks nobody for rights, so only the real API server will do. */
@EnabledIf("isRealThere")
@QuarkusTest
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = ClusterResource.class,
        restrictToAnnotatedClass = true,
        initArgs = {@ResourceArg(name = "choice", value = "real"), @ResourceArg(name = "rights", value = "namespaces")})
class NarrowRightsIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    Cluster cluster;

    @Inject
    MeterRegistry registry;

    private KubernetesClient admin;
    private Desk desk;
    private String namespace;
    private Shop shop;

    static boolean isRealThere() {
        return KubernetesPart.isRealThere();
    }

    @BeforeEach
    void open() {
        admin = cluster.part().client();
        desk = new Desk(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
        namespace = "narrow-" + NAMESPACES.incrementAndGet();
        shop = new Shop(admin, namespace, "v1alpha4");
        shop.ready(3, 3);
    }

    @AfterEach
    void close() {
        desk.forget(order(0).route());
        desk.close();
        admin.close();
    }

    private TestOrder begin() {
        return order(0).beginning().numbered(1);
    }

    private TestOrder order(int percent) {
        return TestOrder.of(percent).in(namespace).until(Instant.now().plus(Duration.ofMinutes(30)));
    }

    private void send(TestOrder order) {
        desk.send(order);
        await(order, report -> report.outcome() == Outcome.APPLIED);
    }

    private void await(TestOrder order, Predicate<WeightReport> which) {
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> desk.reports(order).stream().anyMatch(which));
    }

    private static Predicate<WeightReport> isWaitingFor(String words) {
        return report -> report.outcome() == Outcome.WAITING && report.reason().contains(words);
    }

    private double watches() {
        return registry.find("sluice.applier.requests").tags("verb", "watch").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    @DisplayName(
            "B49 where the whole cluster may not be watched, each namespace with routes is: its edits are put back")
    void watchesSingleNamespaces() {
        // given
        Account.mayServe(admin, namespace);
        var before = watches();
        send(begin());
        send(order(25));
        Awaitility.await().atMost(LIMIT).until(() -> watches() - before >= 3);

        // when
        shop.setWeights(10, 90);

        // then
        shop.awaitWeights(75, 25);
        await(order(25), report -> report.outcome() == Outcome.DRIFT_REPAIRED);
    }

    @Test
    @DisplayName(
            "B49 B39 a namespace without rights says which is missing, others go on, and rights that come are used")
    void saysWhichRightIsMissing() {
        // when
        desk.send(begin());

        // then
        await(begin(), isWaitingFor("cannot get resource \"trafficsplits\" in API group \"split.smi-spec.io\""));
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() -> given().get("/q/health/ready")
                        .then()
                        .body(containsString("trafficsplits.split.smi-spec.io in " + namespace)));
        var other = namespace + "-other";
        var there = new Shop(admin, other, "v1alpha4");
        there.ready(3, 3);
        Account.mayServe(admin, other);
        send(begin().in(other));
        send(order(25).in(other));
        desk.forget(order(0).in(other).route());

        // when
        Account.mayServe(admin, namespace);

        // then
        await(begin(), report -> report.outcome() == Outcome.APPLIED);
        Awaitility.await()
                .atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(given().get("/q/health/ready").asString()).doesNotContain(namespace));
    }

    @Test
    @DisplayName("B49 B18 without the right to see endpoints a raise waits, saying so, and an abort doesn't")
    void lowersWithoutSeeingEndpoints() {
        // given
        Account.mayServe(admin, namespace, rule -> !rule.getResources().contains("endpointslices"));
        send(begin());

        // when
        desk.send(order(25));

        // then
        await(order(25), isWaitingFor("cannot list resource \"endpointslices\" in API group \"discovery.k8s.io\""));

        // when
        send(order(0).numbered(3));
        Account.mayServe(admin, namespace);

        // then
        send(order(50).numbered(4));
    }
}
