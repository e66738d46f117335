package dev.sluice.applier.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.it.ClusterResource.Cluster;
import dev.sluice.sandbox.parts.TrafficSplits;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.Readiness;
import dev.sluice.schemas.rollout.TargetPlan.FirstDeployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the applier does on a Kubernetes API, whichever: each test is a namespace and a route of its own. */
abstract class ApplierContract {
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    Cluster cluster;

    private KubernetesClient client;
    private Desk desk;
    private Shop shop;
    private String namespace;

    @BeforeEach
    void open() {
        namespace = "shop-" + NAMESPACES.incrementAndGet();
        client = cluster.part().client();
        desk = new Desk(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
        shop = new Shop(client, namespace, "v1alpha4");
        shop.ready(3, 3);
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

    private TestOrder begin() {
        return TestOrder.begins().in(namespace);
    }

    private void send(TestOrder order, Outcome outcome) {
        desk.send(order);
        desk.awaitReport(order, outcome);
    }

    @Test
    @DisplayName("an order becomes weights, a fence on the object, and a report of what was found")
    void carriesAnOrderOut() {
        // given
        send(begin(), Outcome.APPLIED);

        // when
        desk.send(order(25));
        var report = desk.awaitReport(order(25), Outcome.APPLIED);

        // then
        assertThat(shop.weights()).isEqualTo(Map.of("checkout", 75, "checkout-canary", 25));
        assertThat(shop.fence(order(25))).isEqualTo("1795170000000.2=25;active=checkout");
        assertThat(report.uid()).isEqualTo(shop.split().get().getMetadata().getUid());
        assertThat(report.found()).isEqualTo(Map.of("checkout", 75.0, "checkout-canary", 25.0));
        assertThat(report.endpoints().canary().ready()).isEqualTo(3);
        assertThat(report.inForce()).isNull();
    }

    @Test
    @DisplayName("B09 late and repeated orders change nothing")
    void refusesLateOrders() {
        // given
        send(begin(), Outcome.APPLIED);
        send(order(50).numbered(5), Outcome.APPLIED);

        // when
        desk.send(order(25).numbered(3));
        desk.send(order(50).numbered(5));

        // then
        assertThat(desk.awaitReport(order(25).numbered(3), Outcome.SUPERSEDED)
                        .by()
                        .sequence())
                .isEqualTo(5);
        assertThat(shop.weights()).isEqualTo(Map.of("checkout", 50, "checkout-canary", 50));
    }

    @Test
    @DisplayName("B09 a deleted object comes back as ordered last, and late orders stay refused")
    void bringsADeletedObjectBack() {
        // given
        send(begin(), Outcome.APPLIED);
        send(order(50).numbered(5), Outcome.APPLIED);

        // when
        shop.split().delete();

        // then
        desk.awaitReport(order(50).numbered(5), Outcome.DRIFT_REPAIRED);
        shop.awaitWeights(50, 50);

        // when
        send(order(25).numbered(3), Outcome.SUPERSEDED);

        // then
        assertThat(shop.weights()).isEqualTo(Map.of("checkout", 50, "checkout-canary", 50));
    }

    @Test
    @DisplayName("B09 a lost annotation is put back, and late orders stay refused")
    void putsALostAnnotationBack() {
        // given
        send(begin(), Outcome.APPLIED);
        send(order(50).numbered(5), Outcome.APPLIED);

        // when
        shop.edit(object -> object.getMetadata().setAnnotations(Map.of()));

        // then
        desk.awaitReport(order(50).numbered(5), Outcome.DRIFT_REPAIRED);
        assertThat(shop.fence(order(50))).startsWith("1795170000000.5=50");
        send(order(25).numbered(3), Outcome.SUPERSEDED);
    }

    @Test
    @DisplayName("B09 an object that somebody put in the place of ours is refused and stays untouched")
    void refusesAReplacement() {
        // given
        send(begin(), Outcome.APPLIED);
        send(order(50).numbered(5), Outcome.APPLIED);

        // when
        cluster.link().cut();
        shop.split().delete();
        shop.create(Map.of("labels", Map.of("made-by", "alice")), 90, 10);
        cluster.link().mend();
        send(order(75).numbered(7), Outcome.REFUSED);

        // then
        assertThat(shop.weights()).isEqualTo(Map.of("checkout", 90, "checkout-canary", 10));
        assertThat(shop.split().get().getMetadata().getLabels()).isEqualTo(Map.of("made-by", "alice"));
    }

    @Test
    @DisplayName("B15 weights edited by hand are put back and reported")
    void putsWeightsBack() {
        // given
        send(begin(), Outcome.APPLIED);
        send(order(25), Outcome.APPLIED);

        // when
        shop.setWeights(10, 90);

        // then
        shop.awaitWeights(75, 25);
        desk.awaitReport(order(25), Outcome.DRIFT_REPAIRED);
    }

    @Test
    @DisplayName("B15 the canary set to 0 by hand is taken back, and no order raises it again")
    void neverRaisesWhatWasTakenBack() {
        // given
        send(begin(), Outcome.APPLIED);
        send(order(25), Outcome.APPLIED);

        // when
        shop.setWeights(100, 0);

        // then
        desk.awaitReport(order(25), Outcome.TAKEN_BACK);
        send(order(50).numbered(3), Outcome.TAKEN_BACK);
        assertThat(shop.weights()).isEqualTo(Map.of("checkout", 100, "checkout-canary", 0));

        // when
        send(order(0).numbered(4), Outcome.APPLIED);

        // then
        assertThat(shop.fence(order(0))).startsWith("1795170000000.4=0");
    }

    @Test
    @DisplayName("B15 a paused object is not written until a person removes the annotation")
    void writesNothingWhilePaused() {
        // given
        send(begin(), Outcome.APPLIED);
        send(order(25), Outcome.APPLIED);
        shop.edit(object -> object.getMetadata().getAnnotations().put("sluice.dev/paused", "true"));

        // when
        send(order(50).numbered(3), Outcome.WAITING);

        // then
        assertThat(shop.weights()).isEqualTo(Map.of("checkout", 75, "checkout-canary", 25));

        // when
        shop.edit(object -> object.getMetadata().getAnnotations().put("sluice.dev/paused", "false"));

        // then
        desk.awaitReport(order(50).numbered(3), Outcome.APPLIED);
    }

    @Test
    @DisplayName("B16 a foreign object is refused, and edit changes its weights and fence alone")
    void respectsForeignObjects() {
        // given
        shop.create(Map.of("labels", Map.of("team", "web"), "annotations", Map.of("note", "mine")), 100, 0);

        // when
        send(begin(), Outcome.REFUSED);

        // then
        assertThat(shop.split().get().getMetadata().getAnnotations()).isEqualTo(Map.of("note", "mine"));

        // when
        send(order(25).owning(Ownership.EDIT), Outcome.APPLIED);

        // then
        var metadata = shop.split().get().getMetadata();
        assertThat(metadata.getLabels()).isEqualTo(Map.of("team", "web"));
        assertThat(metadata.getAnnotations()).containsEntry("note", "mine").hasSize(2);
        assertThat(shop.weights()).isEqualTo(Map.of("checkout", 75, "checkout-canary", 25));
    }

    @Test
    @DisplayName("B17 weights are whole numbers that add up, in thirds too, and zero is written")
    void writesWholeNumbers() {
        // given
        send(begin(), Outcome.APPLIED);
        assertThat(shop.weights()).isEqualTo(Map.of("checkout", 100, "checkout-canary", 0));

        // when
        send(order(0).weighing("33.33").numbered(2), Outcome.APPLIED);

        // then
        assertThat(shop.weights()).isEqualTo(Map.of("checkout", 6667, "checkout-canary", 3333));

        // when
        send(order(99).numbered(3), Outcome.APPLIED);
        send(order(100).numbered(4), Outcome.APPLIED);

        // then
        assertThat(shop.weights()).isEqualTo(Map.of("checkout", 0, "checkout-canary", 100));
    }

    @Test
    @DisplayName("B18 a canary without endpoints waits, is woken by the first one, and losing the last is reported")
    void followsEndpoints() {
        // given
        shop.ready(3, 0);
        send(begin(), Outcome.APPLIED);
        send(order(25), Outcome.WAITING);
        assertThat(shop.weights()).isEqualTo(Map.of("checkout", 100, "checkout-canary", 0));

        // when
        shop.ready(3, 1);

        // then
        desk.awaitReport(order(25), Outcome.APPLIED);

        // when
        shop.ready(3, 0);

        // then
        desk.awaitReport(order(25), Outcome.ENDPOINTS_LOST);
    }

    @Test
    @DisplayName(
            "B18 a canary waits for the share of its endpoints that was asked: those that are going away don't count")
    void waitsForAShareOfTheEndpoints() {
        // given
        shop.slice("checkout-canary", 12, 2, 5);
        send(begin(), Outcome.APPLIED);
        var asked = order(25).needing(new Readiness(1, false, 90));

        // when
        send(asked, Outcome.WAITING);

        // then
        assertThat(desk.reports(asked).getLast().reason()).endsWith("12 of 14 endpoints ready, 90 % asked");

        // when
        shop.slice("checkout-canary", 12, 1, 6);

        // then
        desk.awaitReport(asked, Outcome.APPLIED);
    }

    @Test
    @DisplayName("B19 while the API server is away nothing is lost, and the newest order is the one that lands")
    void outlastsAnOutage() {
        // given
        send(begin(), Outcome.APPLIED);
        send(order(25), Outcome.APPLIED);

        // when
        cluster.link().cut();
        send(order(50).numbered(3), Outcome.WAITING);
        desk.send(order(0).numbered(4));
        cluster.link().mend();

        // then
        desk.awaitReport(order(0).numbered(4), Outcome.APPLIED);
        assertThat(shop.weights()).isEqualTo(Map.of("checkout", 100, "checkout-canary", 0));
        assertThat(desk.outcomes(order(0))).doesNotContain(Outcome.SUPERSEDED);
    }

    @Test
    @DisplayName("B19 B15 what happened while the watch was broken is seen when it is back")
    void seesWhatItMissed() {
        // given
        send(begin(), Outcome.APPLIED);
        send(order(25), Outcome.APPLIED);

        // when
        cluster.link().cut();
        shop.setWeights(10, 90);
        cluster.link().mend();

        // then
        desk.awaitReport(order(25), Outcome.DRIFT_REPAIRED);
        shop.awaitWeights(75, 25);
    }

    @Test
    @DisplayName("B20 release removes an owned object where the root Service is the active backend")
    void removesItsObjectAtRelease() {
        // given
        send(begin(), Outcome.APPLIED);
        send(order(25), Outcome.APPLIED);

        // when
        send(order(0).numbered(3).ending(End.RELEASE), Outcome.APPLIED);

        // then
        assertThat(shop.split().get()).isNull();
    }

    @Test
    @DisplayName("B20 after release the object is left to whoever edits it")
    void leavesAReleasedObjectAlone() {
        // given
        shop.create(Map.of(), 100, 0);
        send(begin().owning(Ownership.EDIT), Outcome.APPLIED);
        send(order(0).numbered(3).owning(Ownership.EDIT).ending(End.RELEASE), Outcome.APPLIED);

        // when
        shop.setWeights(40, 60);
        send(order(0).numbered(3).owning(Ownership.EDIT).ending(End.RELEASE), Outcome.APPLIED);

        // then
        assertThat(shop.weights()).isEqualTo(Map.of("checkout", 40, "checkout-canary", 60));
    }

    @Test
    @DisplayName(
            "B29 the begin report tells that no stable endpoint is ready, once looks have agreed on it for a while")
    void tellsOfAFirstDeployment() {
        // given
        shop.ready(0, 2);
        // longer than a loaded machine may take for the first look, which says that it waits
        var agreed = Duration.ofSeconds(6);
        var first = begin().first(FirstDeployment.DIRECT, agreed);

        // when
        desk.send(first);

        // then
        assertThat(desk.awaitReport(first, Outcome.WAITING).reason()).contains("/checkout,", "first deployment");
        var report = desk.awaitReport(first, Outcome.APPLIED);
        assertThat(report.activeEmptyFor()).isGreaterThanOrEqualTo(agreed);
        assertThat(report.endpoints().active().ready()).isZero();
        assertThat(report.endpoints().canary().ready()).isEqualTo(2);
    }

    @Test
    @DisplayName("B29 stable pods that are briefly unready at a beginning are waited for, and no first deployment")
    void waitsForUnreadyPods() {
        // given
        shop.ready(0, 2);
        var first = begin().first(FirstDeployment.DIRECT, Duration.ofMinutes(10));
        send(first, Outcome.WAITING);

        // when
        shop.ready(2, 2);

        // then
        var report = desk.awaitReport(first, Outcome.APPLIED);
        assertThat(report.activeEmptyFor()).isNull();
        assertThat(report.endpoints().active().ready()).isEqualTo(2);
    }

    @Test
    @DisplayName("B52 a Service that does not exist is named, and the rollout begins once somebody created it")
    void namesMissingServices() {
        // given
        shop.unserve("checkout-canary");

        // when
        desk.send(begin());

        // then
        assertThat(desk.awaitReport(begin(), Outcome.WAITING).reason())
                .contains("Service " + namespace + "/checkout-canary does not exist");
        assertThat(shop.weights()).isEmpty();

        // when
        shop.serve("checkout-canary");

        // then
        desk.awaitReport(begin(), Outcome.APPLIED);
    }

    @Test
    @DisplayName("B40 a second entry of the canary counts, and goes back with it")
    void takesEveryEntryBack() {
        // given
        send(begin(), Outcome.APPLIED);
        send(order(25), Outcome.APPLIED);

        // when
        shop.setBackends(List.of(
                Map.of("service", "checkout", "weight", 60),
                Map.of("service", "checkout-canary", "weight", 20),
                Map.of("service", "checkout-canary", "weight", 20)));

        // then
        desk.awaitReport(order(25), Outcome.DRIFT_REPAIRED);
        send(order(0).numbered(3), Outcome.APPLIED);
        assertThat(shop.share("checkout-canary")).isZero();
    }

    @Test
    @DisplayName("B17 a third backend keeps its share through steps and the way back")
    void keepsAThirdBackendsShare() {
        // given
        shop.create(Map.of(), 60, 0);
        shop.setBackends(List.of(
                Map.of("service", "checkout", "weight", 60),
                Map.of("service", "checkout-canary", "weight", 0),
                Map.of("service", "checkout-batch", "weight", 40)));
        send(begin().owning(Ownership.EDIT), Outcome.APPLIED);

        // when
        send(order(50).owning(Ownership.EDIT), Outcome.APPLIED);

        // then
        assertThat(shop.share("checkout-batch")).isEqualTo(0.4);
        assertThat(shop.share("checkout-canary")).isEqualTo(0.3);

        // when
        send(order(0).numbered(3).owning(Ownership.EDIT), Outcome.APPLIED);

        // then
        assertThat(shop.share("checkout-batch")).isEqualTo(0.4);
        assertThat(shop.share("checkout")).isEqualTo(0.6);
    }

    @Test
    @DisplayName("B17 both weights at 0 serve nobody: the active backend has all traffic again, without anybody's word")
    void servesAgain() {
        // given
        send(begin(), Outcome.APPLIED);
        send(order(25), Outcome.APPLIED);

        // when
        shop.setWeights(0, 0);

        // then
        await().atMost(Duration.ofSeconds(20)).until(() -> shop.share("checkout") > 0);
    }

    @Test
    @DisplayName("line 18: adoption leaves app.kubernetes.io/managed-by to Helm")
    void leavesHelmsLabel() {
        // given
        shop.create(Map.of("labels", Map.of("app.kubernetes.io/managed-by", "Helm")), 100, 0);

        // when
        send(begin().owning(Ownership.ADOPT), Outcome.APPLIED);

        // then
        assertThat(shop.split().get().getMetadata().getLabels())
                .containsEntry("app.kubernetes.io/managed-by", "Helm")
                .hasSize(2);
    }

    @Test
    @DisplayName("B40 an object under a second cluster's name is one object: the second rollout is refused, with words")
    void refusesASecondIdentity() {
        // given
        send(begin(), Outcome.APPLIED);
        send(order(25), Outcome.APPLIED);
        var second = begin().inCluster("staging").ofGeneration(TestOrder.GENERATION + 1);

        // when
        desk.send(second);

        // then
        var report = desk.awaitReport(second, Outcome.REFUSED);
        assertThat(report.reason()).contains(order(25).route());
        assertThat(shop.weights()).isEqualTo(Map.of("checkout", 75, "checkout-canary", 25));
        desk.forget(second.route());
    }

    @Test
    @DisplayName("B53 an API server that takes calls and never answers: not ready, and the order lands once it does")
    void saysThatTheApiServerIsFrozen() {
        // given
        send(begin(), Outcome.APPLIED);

        // when
        cluster.link().freeze();
        desk.send(order(25));

        // then
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> given().get("/q/health/ready").statusCode() == 503);
        } finally {
            cluster.link().mend();
        }
        desk.awaitReport(order(25), Outcome.APPLIED);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> given().get("/q/health/ready").statusCode() == 200);
    }

    @Test
    @DisplayName("B32 a rollback onto an active backend without endpoints waits for one")
    void neverLowersOntoNothing() {
        // given
        send(begin(), Outcome.APPLIED);
        send(order(25), Outcome.APPLIED);
        shop.ready(0, 3);
        // news of endpoints may come later than an order does
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            desk.send(order(25));
            return desk.reports(order(25)).getLast().endpoints().active().ready() == 0;
        });

        // when
        send(order(0).numbered(3), Outcome.WAITING);

        // then
        assertThat(shop.weights()).isEqualTo(Map.of("checkout", 75, "checkout-canary", 25));

        // when
        shop.ready(1, 3);

        // then
        desk.awaitReport(order(0).numbered(3), Outcome.APPLIED);
    }

    @Test
    @DisplayName(
            "B34 a later fence on the object supersedes, and an order above it that has no weight leaves the weights")
    void yieldsToALaterFence() {
        // given
        send(begin().ofGeneration(TestOrder.GENERATION + 10), Outcome.APPLIED);
        send(order(40).ofGeneration(TestOrder.GENERATION + 10), Outcome.APPLIED);
        desk.forget(order(0).route());

        // when
        desk.send(begin());
        var report = desk.awaitReport(begin(), Outcome.SUPERSEDED);

        // then
        assertThat(report.by().generation()).isEqualTo(TestOrder.GENERATION + 10);
        assertThat(report.by().weight().hundredths()).isEqualTo(40_00);
        assertThat(report.by().active()).isEqualTo("checkout");

        // when
        var raised = order(0).weighing(null).ofGeneration(TestOrder.GENERATION + 11);
        send(raised, Outcome.APPLIED);

        // then
        assertThat(shop.weights()).isEqualTo(Map.of("checkout", 60, "checkout-canary", 40));
        assertThat(shop.fence(raised)).startsWith((TestOrder.GENERATION + 11) + ".2=40");
    }

    @Test
    @DisplayName("B35 a route's orders on several partitions: the newest wins")
    void readsOrdersFromAnyPartition() {
        // given
        desk.send(begin(), 0);
        desk.awaitReport(begin(), Outcome.APPLIED);

        // when
        desk.send(order(50).numbered(4), 3);
        desk.awaitReport(order(50).numbered(4), Outcome.APPLIED);
        desk.send(order(25).numbered(3), 1);

        // then
        desk.awaitReport(order(25).numbered(3), Outcome.SUPERSEDED);
        assertThat(shop.weights()).isEqualTo(Map.of("checkout", 50, "checkout-canary", 50));
    }

    @Test
    @DisplayName("B25 malformed and oversized orders become dead letters, and the next order is carried out")
    void buriesWhatItCannotRead() {
        // given
        var malformed = "{\"rollout\":".getBytes(StandardCharsets.UTF_8);
        var oversized = new byte[Topic.WEIGHTS.maxBytes() + 1];
        Arrays.fill(oversized, (byte) ' ');

        // when
        desk.sendBytes(malformed);
        desk.sendBytes(oversized);
        desk.send(begin());

        // then
        var letter = desk.awaitDeadLetter(record -> Arrays.equals(record.value(), malformed));
        assertThat(letter.headers().lastHeader("sluice-error")).isNotNull();
        desk.awaitDeadLetter(record -> record.value().length == oversized.length);
        desk.awaitReport(begin(), Outcome.APPLIED);
    }

    @Test
    @DisplayName("B25 a schema registry's ids are kept on dead letters byte by byte")
    void keepsASchemaRegistrysIds() {
        // given
        byte[] id = {1, -128, -1, 0, 7, -61, 40, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        byte[] avro = {0, 0, 0, 0, 42, 16, -3};
        // when
        desk.sendBytes(avro, Map.of("__value_schema_id", id, "__key_schema_id", id));
        // then
        var letter = desk.awaitDeadLetter(record -> Arrays.equals(record.value(), avro));
        assertThat(letter.headers().lastHeader("__value_schema_id").value()).isEqualTo(id);
        assertThat(letter.headers().lastHeader("__key_schema_id").value()).isEqualTo(id);
        assertThat(new String(letter.headers().lastHeader("sluice-error").value(), StandardCharsets.UTF_8))
                .contains("the schema's id 42")
                .contains("value.serializer");
    }

    @Test
    @DisplayName("B25 an unknown mesh is refused with the names of the known ones")
    void refusesAnUnknownMesh() {
        // given
        var order = begin().on("no-such-mesh");

        // when
        desk.send(order);

        // then
        assertThat(desk.awaitReport(order, Outcome.REFUSED).reason()).contains("no-such-mesh", "gatewayApi", "smi");
    }

    @Test
    @DisplayName("the served version of the TrafficSplit is found, also when another one is installed later")
    void findsTheServedVersion() {
        try {
            for (var definition : List.of(
                    TrafficSplits.V1ALPHA1, TrafficSplits.V1ALPHA2, TrafficSplits.V1ALPHA3, TrafficSplits.V1ALPHA4)) {
                // given
                definition.install(client);
                var place = namespace + "-" + definition.version();
                var there = new Shop(client, place, definition.version());
                there.ready(1, 1);

                // when
                send(begin().in(place), Outcome.APPLIED);
                send(order(25).in(place), Outcome.APPLIED);

                // then
                assertThat(there.weights()).isEqualTo(Map.of("checkout", 75, "checkout-canary", 25));
                desk.forget(begin().in(place).route());
            }
        } finally {
            TrafficSplits.V1ALPHA4.install(client);
        }
    }
}
