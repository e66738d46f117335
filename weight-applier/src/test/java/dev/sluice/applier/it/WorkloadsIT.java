package dev.sluice.applier.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.it.ClusterResource.Cluster;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.message.WeightReport.Workloads;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import dev.sluice.schemas.rollout.mesh.MeshEntry;
import dev.sluice.schemas.wire.Json;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Replicas as the weight, and revisions that are waited for, by an account that has the rights for it and no others. */
@EnabledIf("isRealThere")
@QuarkusTest
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = ClusterResource.class,
        restrictToAnnotatedClass = true,
        initArgs = {@ResourceArg(name = "choice", value = "real"), @ResourceArg(name = "rights", value = "namespaces")})
class WorkloadsIT {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final AtomicInteger NAMESPACES = new AtomicInteger();
    private static final List<String> RIGHTS = List.of("--mesh", "replicas");
    private static final MeshEntry.Named ENTRY = MeshEntries.named("replicas")
            .flatMap(entry -> entry.read(Json.mapper().createObjectNode().put("activeWorkload", "checkout")))
            .orElseThrow();

    Cluster cluster;

    private KubernetesClient admin;
    private Desk desk;
    private String namespace;
    private Scaled shop;

    static boolean isRealThere() {
        return KubernetesPart.isRealThere();
    }

    @BeforeEach
    void open() {
        admin = cluster.part().client();
        desk = new Desk(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
        namespace = "scaled-" + NAMESPACES.incrementAndGet();
        shop = new Scaled(admin, namespace);
        shop.deploy("checkout", 4, "1.4.1");
        shop.deploy("checkout-canary", 0, "1.4.2");
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
        return TestOrder.of(percent)
                .in(namespace)
                .through("replicas", ENTRY)
                .until(Instant.now().plus(Duration.ofMinutes(30)));
    }

    private WeightReport send(TestOrder order) {
        desk.send(order);
        return await(order, report -> report.outcome() == Outcome.APPLIED);
    }

    private WeightReport await(TestOrder order, Predicate<WeightReport> which) {
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> desk.reports(order).stream().anyMatch(which));
        return desk.reports(order).stream().filter(which).findFirst().orElseThrow();
    }

    private static Predicate<WeightReport> isWaitingFor(String words) {
        return report -> report.outcome() == Outcome.WAITING && report.reason().contains(words);
    }

    @Test
    @DisplayName(
            "B15 B18 B20 B32 pods come before others go, there and back, and a hand is told from what is under way")
    void goesThereAndBack() {
        // given
        shop.allow(RIGHTS);
        send(begin());

        // when
        desk.send(order(50));

        // then
        shop.awaitReplicas(4, 2);
        await(order(50), isWaitingFor("2 ready replicas of Deployment " + namespace + "/checkout-canary"));

        // when
        shop.play("checkout-canary", 1);

        // then
        shop.awaitReplicas(3, 2);

        // when
        shop.play("checkout-canary");

        // then
        shop.awaitReplicas(2, 2);
        await(order(50), isWaitingFor("not confirmed"));

        // when
        shop.play("checkout");

        // then
        var applied = await(order(50), report -> report.outcome() == Outcome.APPLIED);
        assertThat(applied.inForce()).isTrue();
        assertThat(applied.endpoints().canary().ready()).isEqualTo(2);

        // when
        shop.scale("checkout", 9);

        // then
        shop.awaitReplicas(2, 2);
        await(order(50), report -> report.outcome() == Outcome.DRIFT_REPAIRED);

        // when
        desk.send(order(0).numbered(3));

        // then
        shop.awaitReplicas(4, 1);
        await(order(0).numbered(3), isWaitingFor("3 ready replicas of Deployment"));
        shop.play("checkout");
        shop.awaitReplicas(4, 0);
        await(order(0).numbered(3), report -> report.outcome() == Outcome.APPLIED);
    }

    @Test
    @DisplayName("B15 B18 a canary scaled to 0 by hand is taken back; one whose pods go away has lost them")
    void tellsWhoTookThePods() {
        // given
        shop.allow(RIGHTS);
        send(begin());
        desk.send(order(50));
        shop.awaitReplicas(4, 2);
        shop.play("checkout-canary");
        shop.awaitReplicas(2, 2);
        shop.play("checkout");
        await(order(50), report -> report.outcome() == Outcome.APPLIED);

        // when
        shop.play("checkout-canary", 0);

        // then
        await(order(50), report -> report.outcome() == Outcome.ENDPOINTS_LOST);

        // when
        shop.play("checkout-canary");
        shop.scale("checkout-canary", 0);

        // then
        await(order(50), report -> report.outcome() == Outcome.TAKEN_BACK);
        assertThat(desk.outcomes(order(50))).containsOnlyOnce(Outcome.ENDPOINTS_LOST);
    }

    @Test
    @DisplayName(
            "B30 B31 B49 nothing is raised before the canary's workload runs the revision, and a later one is told")
    void waitsForTheRevision() {
        // given
        var smi = TestOrder.of(25)
                .in(namespace)
                .namingWorkloads()
                .until(Instant.now().plus(Duration.ofMinutes(30)));
        var traffic = new Shop(admin, namespace, "v1alpha4");
        traffic.ready(3, 3);
        shop.scale("checkout-canary", 1);
        shop.play("checkout");
        shop.allow(List.of("--mesh", "smi"));
        send(smi.weighing("0").beginning().numbered(1));

        // when
        desk.send(smi);

        // then
        await(smi, isWaitingFor("cannot get resource \"deployments\""));
        shop.allow(List.of("--mesh", "smi", "--workload", "Deployment"));
        await(smi, isWaitingFor("is about to be rolled out"));

        // when
        shop.upgrade("checkout-canary", "1.4.1");
        shop.play("checkout-canary");

        // then
        await(smi, isWaitingFor("checkout-canary runs 1.4.1, and not 1.4.2 yet"));
        traffic.awaitWeights(100, 0);

        // when
        shop.upgrade("checkout-canary", "1.4.2");
        shop.play("checkout-canary");

        // then
        traffic.awaitWeights(75, 25);
        await(
                smi,
                report -> report.outcome() == Outcome.APPLIED
                        && new Workloads("1.4.1", "1.4.2", true).equals(report.workloads()));

        // when
        shop.upgrade("checkout", "1.5");

        // then
        await(smi, report -> new Workloads("1.5", "1.4.2", false).equals(report.workloads()));
        shop.play("checkout");
        await(smi, report -> new Workloads("1.5", "1.4.2", true).equals(report.workloads()));
        desk.forget(smi.route());
    }

    @Test
    @DisplayName("B49 autoscalers that may not be listed are not taken for none, and one that is there is named")
    void looksForAutoscalers() {
        // given
        shop.allow(RIGHTS, "horizontalpodautoscalers");

        // when
        desk.send(begin());

        // then
        await(begin(), isWaitingFor("cannot list resource \"horizontalpodautoscalers\""));

        // when
        shop.autoscale("checkout-canary");
        shop.allow(RIGHTS);

        // then
        await(
                begin(),
                report -> report.outcome() == Outcome.REFUSED
                        && report.reason()
                                .contains("the HorizontalPodAutoscaler checkout-canary scales one of the two"));

        // when
        shop.leaveAlone("checkout-canary");
        send(begin().numbered(2));

        // then
        desk.send(order(25).numbered(3));
        shop.awaitReplicas(4, 1);
    }
}
