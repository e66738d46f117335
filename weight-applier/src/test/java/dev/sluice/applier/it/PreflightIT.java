package dev.sluice.applier.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.it.ClusterResource.Cluster;
import dev.sluice.sandbox.parts.KafkaTestResource;
import dev.sluice.sandbox.parts.KubernetesPart;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.Finding.Code;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.Readiness;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import dev.sluice.schemas.rollout.mesh.MeshEntry;
import dev.sluice.schemas.wire.Json;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBindingBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Checks, by an account with rights in single namespaces. The mock knows neither rights nor dry runs. */
@EnabledIf("isRealThere")
@QuarkusTest
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = ClusterResource.class,
        restrictToAnnotatedClass = true,
        initArgs = {@ResourceArg(name = "choice", value = "real"), @ResourceArg(name = "rights", value = "namespaces")})
class PreflightIT {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final AtomicInteger NAMESPACES = new AtomicInteger();

    private static final MeshEntry.Named REPLICAS = MeshEntries.named("replicas")
            .flatMap(entry -> entry.read(Json.mapper().createObjectNode().put("activeWorkload", "checkout")))
            .orElseThrow();

    Cluster cluster;

    private KubernetesClient admin;
    private Desk desk;
    private String namespace;
    private Shop shop;
    private long checks;

    static boolean isRealThere() {
        return KubernetesPart.isRealThere();
    }

    @BeforeEach
    void open() {
        admin = cluster.part().client();
        desk = new Desk(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
        namespace = "checked-" + NAMESPACES.incrementAndGet();
        shop = new Shop(admin, namespace, "v1alpha4");
        shop.ready(3, 3);
    }

    @AfterEach
    void close() {
        desk.forget(order(0).route());
        desk.close();
        admin.close();
    }

    private TestOrder order(int percent) {
        return TestOrder.of(percent).in(namespace).until(Instant.now().plus(Duration.ofMinutes(30)));
    }

    private TestOrder begin() {
        return order(0).beginning().numbered(1);
    }

    /** Of a rollout that would begin now. */
    private WeightReport check() {
        return check(begin());
    }

    private WeightReport check(TestOrder begin) {
        var check = begin.ofGeneration(++checks).numbered(0).checking();
        desk.send(check);
        return awaitThe(check, report -> true);
    }

    private WeightReport awaitThe(TestOrder order, Predicate<WeightReport> which) {
        await().atMost(LIMIT).until(() -> desk.reports(order).stream().anyMatch(which));
        return desk.reports(order).stream().filter(which).findFirst().orElseThrow();
    }

    private void apply(TestOrder order) {
        desk.send(order);
        awaitThe(order, report -> report.outcome() == Outcome.APPLIED);
    }

    /** What is stored in the namespace, by kind and name. */
    private Map<String, String> stored() {
        var stored = new TreeMap<String, String>();
        Stream.of(
                        admin.services().inNamespace(namespace).list().getItems(),
                        admin.discovery()
                                .v1()
                                .endpointSlices()
                                .inNamespace(namespace)
                                .list()
                                .getItems(),
                        admin.genericKubernetesResources("split.smi-spec.io/v1alpha4", "TrafficSplit")
                                .inNamespace(namespace)
                                .list()
                                .getItems())
                .flatMap(List::stream)
                .map(HasMetadata.class::cast)
                .forEach(item -> stored.put(
                        item.getKind() + "/" + item.getMetadata().getName(),
                        item.getMetadata().getResourceVersion()));
        return stored;
    }

    private static Stream<Finding> errors(WeightReport report) {
        return report.findings().stream().filter(Finding::isError);
    }

    @Test
    @DisplayName("a check of what is ready to begin finds no error, says what it may not look at, and stores nothing")
    void findsNothingAndWritesNothing() {
        // given
        Account.mayServe(admin, namespace);
        var before = stored();

        // when
        var report = check();

        // then
        assertThat(report.outcome()).isEqualTo(Outcome.CHECKED);
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(Code.NOT_LOOKED_AT);
            assertThat(finding.message()).contains("networkpolicies").contains("poddisruptionbudgets");
        });
        assertThat(report.reason()).isEqualTo("0 errors, 1 warning");
        assertThat(stored()).isEqualTo(before);
        apply(begin());
    }

    @Test
    @DisplayName("B09 a check beside a rollout stores nothing, and what was ordered stays the desired state")
    void leavesARolloutAlone() {
        // given
        Account.mayServe(admin, namespace);
        apply(begin());
        apply(order(25));
        var before = stored();

        // when: of a later generation than the rollout's
        var check = begin().ofGeneration(TestOrder.GENERATION + 5).numbered(0).checking();
        desk.send(check);
        var report = awaitThe(check, any -> true);

        // then
        assertThat(report.outcome()).isEqualTo(Outcome.CHECKED);
        assertThat(errors(report)).isEmpty();
        assertThat(stored()).isEqualTo(before);

        // when
        shop.setWeights(10, 90);

        // then
        shop.awaitWeights(75, 25);
        apply(order(50).numbered(3));
    }

    @Test
    @DisplayName("B49 a check names the rights that are missing")
    void namesMissingRights() {
        // when
        var blind = check();

        // then
        assertThat(errors(blind)).allMatch(finding -> finding.code() == Code.RIGHT_MISSING);
        assertThat(errors(blind).map(Finding::message))
                .anyMatch(words -> words.contains(
                        "may not get, create, update, delete trafficsplits.split.smi-spec.io in " + namespace));

        // when
        Account.mayServe(admin, namespace, rule -> !rule.getResources().contains("endpointslices"));

        // then: a right that was given is in force a moment later
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(errors(check()).map(Finding::message))
                        .singleElement()
                        .asString()
                        .startsWith("the applier may not list endpointslices.discovery.k8s.io in " + namespace));
        assertThat(shop.weights()).isEmpty();
    }

    @Test
    @DisplayName("B16 B52 what is wrong with the objects is found: somebody else's split, a Service that is missing")
    void findsWhatIsWrong() {
        // given
        Account.mayServe(admin, namespace);
        shop.create(Map.of("labels", Map.of("team", "web")), 100, 0);
        shop.unserve("checkout-canary");
        shop.ready(3, 0);
        var before = stored();

        // then
        await().atMost(LIMIT).untilAsserted(() -> {
            var report = check();
            assertThat(errors(report).map(Finding::code))
                    .containsExactlyInAnyOrder(Code.OBJECT_FOREIGN, Code.SERVICE_MISSING);
            assertThat(report.findings()).anyMatch(finding -> finding.code() == Code.NO_ENDPOINTS);
        });
        assertThat(stored()).isEqualTo(before);
    }

    @Test
    @DisplayName(
            "B18 endpoints that aren't ready are counted against the share that is asked, those that are going away aren't")
    void countsEndpoints() {
        // given
        Account.mayServe(admin, namespace);
        var asked = begin().needing(new Readiness(1, false, 90));
        shop.slice("checkout-canary", 12, 2, 5);

        // then
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(check(asked).findings())
                        .filteredOn(finding -> finding.code() == Code.NO_ENDPOINTS)
                        .singleElement()
                        .extracting(Finding::message)
                        .asString()
                        .startsWith("12 of 14 endpoints are ready"));

        // when
        shop.slice("checkout-canary", 12, 1, 6);

        // then
        assertThat(check(asked).findings()).noneMatch(finding -> finding.code() == Code.NO_ENDPOINTS);
    }

    @Test
    @DisplayName(
            "B40 what the API server's admission would refuse is known before: the raise, where the beginning passes")
    void triesTheWrites() {
        // given
        Account.mayServe(admin, namespace);
        refuseAnyCanary();

        // then
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(errors(check())).singleElement().satisfies(finding -> {
                    assertThat(finding.code()).isEqualTo(Code.WRITE_REFUSED);
                    assertThat(finding.message()).contains("weight 100 %").contains("no canary here");
                }));
        assertThat(shop.weights()).isEmpty();
    }

    @Test
    @DisplayName("B49 B40 where replicas are the weight, the right to scale is missed, and what scales beside is found")
    void checksReplicas() {
        // given
        var rights = List.of("--mesh", "replicas");
        var begin = begin().in(namespace + "-scaled").through("replicas", REPLICAS);
        var scaled = new Scaled(admin, namespace + "-scaled");
        scaled.deploy("checkout", 4, "1.4.1");
        scaled.deploy("checkout-canary", 0, "1.4.2");
        scaled.allow(rights, "deployments/scale");

        // then
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(errors(check(begin)).map(Finding::message))
                        .singleElement()
                        .asString()
                        .startsWith("the applier may not update deployments/scale.apps"));

        // when
        scaled.allow(rights);

        // then
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(errors(check(begin))).isEmpty());

        // when
        scaled.autoscale("checkout");

        // then
        assertThat(errors(check(begin))).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(Code.OBJECT_UNFIT);
            assertThat(finding.message()).contains("HorizontalPodAutoscaler checkout");
        });
        desk.forget(begin.route());
    }

    private void refuseAnyCanary() {
        var name = "no-canary-in-" + namespace;
        admin.resource(new ValidatingAdmissionPolicyBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withNewMatchConstraints()
                        .addNewResourceRule()
                        .withApiGroups("split.smi-spec.io")
                        .withApiVersions("*")
                        .withResources("trafficsplits")
                        .withOperations("CREATE", "UPDATE")
                        .endResourceRule()
                        .endMatchConstraints()
                        .addNewValidation()
                        .withExpression(
                                "object.spec.backends.all(b, b.service != 'checkout-canary' || int(b.weight) == 0)")
                        .withMessage("no canary here")
                        .endValidation()
                        .endSpec()
                        .build())
                .create();
        admin.resource(new ValidatingAdmissionPolicyBindingBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withPolicyName(name)
                        .withValidationActions("Deny")
                        .withNewMatchResources()
                        .withNewNamespaceSelector()
                        .addToMatchLabels("kubernetes.io/metadata.name", namespace)
                        .endNamespaceSelector()
                        .endMatchResources()
                        .endSpec()
                        .build())
                .create();
    }

    @Test
    @DisplayName("of many checks at once each is answered: what there is no room for says that it was not looked at")
    void manyAtOnceAreAllAnswered() {
        // given
        Account.mayServe(admin, namespace);
        var asked = IntStream.range(0, 60)
                .mapToObj(each -> begin().ofGeneration(++checks).numbered(0).checking())
                .toList();

        // when
        asked.forEach(desk::send);

        // then
        var reports =
                asked.stream().map(order -> awaitThe(order, report -> true)).toList();
        assertThat(reports).allSatisfy(report -> assertThat(report.outcome()).isEqualTo(Outcome.CHECKED));
        assertThat(reports).flatMap(WeightReport::findings).noneMatch(Finding::isError);
        assertThat(reports)
                .flatMap(WeightReport::findings)
                .anyMatch(finding -> finding.message().contains("other checks wait already"));
    }
}
