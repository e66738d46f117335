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
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Match.Condition;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import dev.sluice.schemas.wire.Json;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    private static final String GROUP = "checkout-ab";
    private static final Match BETA =
            new Match(List.of(new Condition("x-beta", "1", null, null)), null, null, null, null, null);
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

    @Test
    @DisplayName(
            "B49 B15 requests that match wait for the right to their object, which is put back and goes with the match")
    void makesTheObjectOfAMatch() {
        // given
        Account.mayServe(admin, namespace);
        send(begin());
        var matching = naming(0).numbered(2).matching(BETA);

        // when
        desk.send(matching);

        // then
        await(matching, isWaitingFor("cannot get resource \"httproutegroups\" in API group \"specs.smi-spec.io\""));
        assertThat(shop.split().get().get("spec").toString()).doesNotContain(GROUP);

        // when
        Account.mayServeMatches(admin, namespace);

        // then
        await(matching, report -> report.outcome() == Outcome.APPLIED);
        assertThat(group().get()).isNotNull();
        assertThat(shop.split().get().get("spec").toString()).contains(GROUP);

        // when
        var changed = group().get();
        changed.setAdditionalProperty("spec", Map.of("matches", List.of(Map.of("name", "canary", "pathRegex", "/.*"))));
        group().patch(changed);

        // then
        await(matching, report -> report.outcome() == Outcome.DRIFT_REPAIRED);
        assertThat(group().get().toString()).contains("x-beta").doesNotContain("/.*");

        // when
        group().delete();

        // then
        Awaitility.await().atMost(LIMIT).until(() -> group().get() != null);

        // when
        desk.send(naming(25).numbered(3).matching(BETA));

        // then
        await(naming(25).numbered(3), report -> report.outcome() == Outcome.REFUSED);
        assertThat(group().get()).isNotNull();

        // when
        send(naming(25).numbered(4));

        // then
        assertThat(group().get()).isNull();
        assertThat(shop.split().get().get("spec").toString()).doesNotContain(GROUP);
        shop.awaitWeights(75, 25);
    }

    private TestOrder naming(int percent) {
        var entry = Map.of("rootServiceName", "checkout", "httpRouteGroup", Map.of("name", GROUP, "headers", "list"));
        var named = MeshEntries.named("smi")
                .flatMap(smi -> smi.read(Json.mapper().valueToTree(entry)))
                .orElseThrow();
        return order(percent).through("smi", named);
    }

    private Resource<GenericKubernetesResource> group() {
        return admin.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                        .withGroup("specs.smi-spec.io")
                        .withVersion("v1alpha4")
                        .withKind("HTTPRouteGroup")
                        .withPlural("httproutegroups")
                        .withNamespaced(true)
                        .build())
                .inNamespace(namespace)
                .withName(GROUP);
    }
}
