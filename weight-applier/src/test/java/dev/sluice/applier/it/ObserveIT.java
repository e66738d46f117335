package dev.sluice.applier.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.it.ClusterResource.Cluster;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.sandbox.parts.MeshKinds;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.wire.Keys;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Another tool moves the traffic, played by the test, on a real API server: every write gives the object another version. */
@EnabledIf("isRealThere")
@QuarkusTest
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = ClusterResource.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "choice", value = "real"))
class ObserveIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final AtomicInteger NAMESPACES = new AtomicInteger();
    private static final PatchContext BY_ARGO = new PatchContext.Builder()
            .withPatchType(PatchType.JSON_MERGE)
            .withFieldManager("rollouts-controller")
            .build();

    Cluster cluster;

    private KubernetesClient admin;
    private String namespace;
    private Desk desk;

    static boolean isRealThere() {
        return KubernetesPart.isRealThere();
    }

    @BeforeEach
    void open() {
        admin = cluster.part().client();
        MeshKinds.GATEWAY_API.install(admin);
        MeshKinds.SMI.install(admin);
        HttpRoute.mayBeServed(admin);
        desk = new Desk(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
        namespace = "observed-" + NAMESPACES.incrementAndGet();
    }

    @AfterEach
    void close() {
        desk.close();
        admin.close();
    }

    private void awaitSeen(TestOrder order, Weight weight) {
        await(order.route() + " is seen at " + weight)
                .atMost(LIMIT)
                .until(() -> desk.reports(order).stream().anyMatch(report -> isOf(report, weight)));
    }

    private static boolean isOf(WeightReport report, Weight weight) {
        return report.observed() != null && Objects.equals(report.observed().weight(), weight);
    }

    private WeightReport last(TestOrder order) {
        return desk.reports(order).getLast();
    }

    /** @return the version that the object has by this */
    private static String set(Resource<GenericKubernetesResource> route, int active, int canary) {
        var backends = List.of(
                Map.of("name", "checkout", "port", 80, "weight", active),
                Map.of("name", "checkout-canary", "port", 80, "weight", canary));
        var patch = Map.of("spec", Map.of("rules", List.of(Map.of("backendRefs", backends))));
        return route.patch(BY_ARGO, Serialization.asJson(patch)).getMetadata().getResourceVersion();
    }

    @Test
    @DisplayName(
            "observing: what another tool sets is told as it sets it, and its object has no version but that tool's")
    void tellsAndWritesNothing() {
        // given
        new Shop(admin, namespace, "v1alpha4").ready(3, 3);
        var route = new HttpRoute(admin, namespace);
        var order = route.order(0).observing();
        var version = route.resource().get().getMetadata().getResourceVersion();
        desk.send(order);
        awaitSeen(order, Weight.ZERO);

        // when
        for (int percent : List.of(5, 25, 60)) {
            assertThat(route.resource().get().getMetadata().getResourceVersion())
                    .isEqualTo(version);
            version = set(route.resource(), 100 - percent, percent);
            awaitSeen(order, Weight.percent(percent));
        }
        assertThat(last(order).actor()).isEqualTo("rollouts-controller");
        version = set(route.resource(), 100, 0);
        await().atMost(LIMIT).until(() -> isOf(last(order), Weight.ZERO));

        // then
        var object = route.resource().get().getMetadata();
        assertThat(object.getResourceVersion()).isEqualTo(version);
        assertThat(object.getAnnotations()).isNullOrEmpty();
        assertThat(object.getLabels()).isNullOrEmpty();
        assertThat(desk.reports(order)).allMatch(report -> report.observed() != null);
    }

    @Test
    @DisplayName("observing: an object that isn't there is neither made nor missed for ever")
    void waitsForAnObjectThatIsNotThere() {
        // given
        var shop = new Shop(admin, namespace, "v1alpha4");
        shop.ready(3, 3);
        var order = TestOrder.of(0).in(namespace).observing();

        // when
        desk.send(order);

        // then
        await().atMost(LIMIT)
                .until(() ->
                        desk.reports(order).stream().anyMatch(report -> report.absent() && isOf(report, Weight.ZERO)));
        assertThat(shop.split().get()).isNull();

        // when
        shop.create(Map.of(), 80, 20);

        // then
        awaitSeen(order, Weight.percent(20));

        // when
        shop.split().delete();

        // then
        await().atMost(LIMIT).until(() -> last(order).absent());
        assertThat(shop.split().get()).isNull();
    }

    @Test
    @DisplayName("observing: once nobody asks nothing is told, and a rollout of Sluice's begins there as anywhere")
    void endsWithItsTombstoneAndLetsARolloutBegin() {
        // given
        new Shop(admin, namespace, "v1alpha4").ready(3, 3);
        var route = new HttpRoute(admin, namespace);
        var observing = route.order(0).observing();
        desk.send(observing);
        awaitSeen(observing, Weight.ZERO);

        // when
        desk.forget(Keys.observed(observing.build().application(), observing.route()));
        var begin = route.order(0)
                .beginning()
                .numbered(1)
                .ofGeneration(TestOrder.GENERATION + 1)
                .until(Instant.now().plus(Duration.ofMinutes(30)));
        desk.send(begin);

        // then
        desk.awaitReport(begin, WeightReport.Outcome.APPLIED);
        set(route.resource(), 100, 0);
        assertThat(desk.reports(observing)).hasSize(1);
        desk.forget(begin.route());
    }
}
