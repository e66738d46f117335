package dev.sluice.applier.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.it.ClusterResource.Cluster;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.sandbox.parts.MeshKinds;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Outcome;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A mesh that says what it works by, on a real API server: only that counts versions of an object apart from its status. */
@EnabledIf("isRealThere")
@QuarkusTest
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = ClusterResource.class,
        restrictToAnnotatedClass = true,
        initArgs = {
            @ResourceArg(name = "choice", value = "real"),
            @ResourceArg(name = "sluice.confirmation", value = "PT5S")
        })
class ConfirmationIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    Cluster cluster;

    private KubernetesClient admin;
    private Desk desk;
    private HttpRoute route;

    static boolean isRealThere() {
        return KubernetesPart.isRealThere();
    }

    @BeforeEach
    void open() {
        admin = cluster.part().client();
        MeshKinds.GATEWAY_API.install(admin);
        HttpRoute.mayBeServed(admin);
        desk = new Desk(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
        var namespace = "confirmed-" + NAMESPACES.incrementAndGet();
        new Shop(admin, namespace, "v1alpha4").ready(3, 3);
        route = new HttpRoute(admin, namespace);
        desk.send(begin());
        awaitThe(begin(), report -> report.outcome() == Outcome.APPLIED && report.inForce() == null);
    }

    @AfterEach
    void close() {
        desk.forget(begin().route());
        desk.close();
        admin.close();
    }

    private TestOrder begin() {
        return route.order(0).beginning().numbered(1);
    }

    private void awaitThe(TestOrder order, Predicate<WeightReport> which) {
        await().atMost(LIMIT).until(() -> desk.reports(order).stream().anyMatch(which));
    }

    private static boolean isInForce(WeightReport report) {
        return report.outcome() == Outcome.APPLIED && Boolean.TRUE.equals(report.inForce());
    }

    @Test
    @DisplayName("B40 a raise waits for the mesh's word for this very version of the object, and is in force by it")
    void waitsForTheMesh() {
        // given
        route.say("True", "Accepted");
        var raise = route.order(25);

        // when
        desk.send(raise);

        // then
        awaitThe(
                raise,
                report -> report.outcome() == Outcome.WAITING && report.reason().contains("not confirmed"));
        assertThat(route.weights()).isEqualTo(Map.of("checkout", 75, "checkout-canary", 25));
        assertThat(desk.reports(raise)).noneMatch(report -> report.outcome() == Outcome.APPLIED);

        // when
        route.say("True", "Accepted");

        // then
        awaitThe(raise, ConfirmationIT::isInForce);
    }

    @Test
    @DisplayName("B40 a raise that the mesh refuses waits with its words, and the way back waits for nobody")
    void waitsWhileTheMeshRefuses() {
        // given
        route.say("True", "Accepted");
        var raise = route.order(25);
        desk.send(raise);
        awaitThe(raise, report -> report.outcome() == Outcome.WAITING);

        // when
        route.say("False", "NoMatchingParent");

        // then
        awaitThe(
                raise,
                report -> report.outcome() == Outcome.WAITING && report.reason().contains("NoMatchingParent"));

        // when
        var back = route.order(0).numbered(3);
        desk.send(back);

        // then
        awaitThe(back, report -> report.outcome() == Outcome.APPLIED);
        assertThat(desk.reports(back)).noneMatch(report -> report.outcome() == Outcome.WAITING);
        assertThat(desk.reports(raise)).noneMatch(report -> report.outcome() == Outcome.APPLIED);
    }

    @Test
    @DisplayName("B40 a controller that says nothing more holds up no rollout")
    void goesOnWithoutAWord() {
        // given
        route.say("True", "Accepted");
        var raise = route.order(25);

        // when
        desk.send(raise);

        // then
        awaitThe(
                raise,
                report -> report.outcome() == Outcome.APPLIED
                        && Boolean.FALSE.equals(report.inForce())
                        && report.reason().contains("not confirmed"));

        // when
        route.say("True", "Accepted");

        // then
        awaitThe(raise, ConfirmationIT::isInForce);
    }

    @Test
    @DisplayName("B40 where nobody ever said anything a raise is applied at once")
    void waitsForNobody() {
        // given
        var raise = route.order(25);

        // when
        desk.send(raise);

        // then
        awaitThe(raise, report -> report.outcome() == Outcome.APPLIED && report.inForce() == null);
        assertThat(desk.reports(raise)).noneMatch(report -> report.outcome() == Outcome.WAITING);
    }
}
