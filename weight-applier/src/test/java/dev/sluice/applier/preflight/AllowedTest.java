package dev.sluice.applier.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.mesh.Kind;
import dev.sluice.applier.mesh.Right;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.Finding.Code;
import dev.sluice.schemas.message.Finding.Severity;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.mesh.MeshEntries;
import dev.sluice.schemas.wire.Json;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B49 a missing right is said before it is missed")
class AllowedTest {
    private static List<Right> needed(TestOrder order) {
        return needed(Look.at(order), kind -> true);
    }

    private static List<Right> needed(Look look, Predicate<Kind> isServed) {
        var seen = look.seen();
        return Allowed.needed(seen.mesh(), seen.order(), seen.objects().refs(), isServed);
    }

    @Test
    void asksForWhatTheRightsCommandPrints() {
        assertThat(needed(TestOrder.begins()))
                .containsExactly(
                        new Right(
                                "split.smi-spec.io",
                                "trafficsplits",
                                List.of("get", "list", "watch", "create", "update", "delete")),
                        new Right("", "services", List.of("get", "list", "watch")),
                        new Right("discovery.k8s.io", "endpointslices", List.of("list", "watch")));
    }

    @Test
    void createsNothingThatIsSomebodyElses() {
        assertThat(needed(TestOrder.begins().owning(Ownership.EDIT)).getFirst().verbs())
                .containsExactly("get", "list", "watch", "update");
    }

    @Test
    @DisplayName("B49 the object of matches is asked for where the entry names one, and made in whosever split")
    void asksForTheObjectOfMatches() {
        // given
        var entry = Map.of("rootServiceName", "checkout", "httpRouteGroup", Map.of("name", "ab", "headers", "list"));
        var named = MeshEntries.named("smi")
                .flatMap(smi -> smi.read(Json.mapper().valueToTree(entry)))
                .orElseThrow();
        var naming = TestOrder.begins().through("smi", named).owning(Ownership.EDIT);

        // then
        assertThat(needed(naming))
                .contains(
                        new Right("split.smi-spec.io", "trafficsplits", List.of("get", "list", "watch", "update")),
                        new Right(
                                "specs.smi-spec.io",
                                "httproutegroups",
                                List.of("get", "list", "watch", "create", "update", "delete")));
        assertThat(Allowed.findings(Look.at(naming)
                        .denied("specs.smi-spec.io", "httproutegroups", "create")
                        .seen()))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("rights --match smi --namespace shop"));
    }

    @Test
    @DisplayName("B49 a router is only made where it has the splitter's name; of another nobody has to be allowed that")
    void createsNoOtherServicesRouter() {
        assertThat(ofRouter("checkout")).contains("create", "delete");
        assertThat(ofRouter("shop")).containsExactly("get", "list", "watch", "update");
    }

    private static List<String> ofRouter(String name) {
        var entry = Map.of(
                "serviceSplitter",
                Map.of("name", "checkout"),
                "activeService",
                "checkout",
                "canaryService",
                "checkout-canary",
                "serviceRouter",
                Map.of("name", name));
        var named = MeshEntries.named("consul")
                .flatMap(consul -> consul.read(Json.mapper().valueToTree(entry)))
                .orElseThrow();
        return needed(TestOrder.begins().through("consul", named)).stream()
                .filter(right -> right.plural().equals("servicerouters"))
                .findFirst()
                .orElseThrow()
                .verbs();
    }

    @Test
    @DisplayName("B30 named workloads are looked at before each raise, so that nothing is written without that right")
    void looksAtNamedWorkloads() {
        // given
        var hash = Map.<String, Object>of(
                "canary", Map.of("kind", "Deployment", "name", "checkout-canary"), "revisionFrom", "podTemplateHash");

        // then
        assertThat(needed(TestOrder.begins().running(hash)))
                .contains(
                        new Right("apps", "deployments", List.of("get", "list", "watch")),
                        new Right("apps", "replicasets", List.of("list")));
        assertThat(needed(TestOrder.begins().namingWorkloads()))
                .contains(new Right("apps", "deployments", List.of("get", "list", "watch")))
                .noneMatch(right -> right.plural().equals("replicasets"));
        assertThat(Allowed.findings(Look.at(TestOrder.begins().running(hash))
                        .denied("apps", "deployments", "get", "list", "watch")
                        .denied("apps", "replicasets", "list")
                        .seen()))
                .filteredOn(Finding::isError)
                .map(Finding::message)
                .satisfiesExactlyInAnyOrder(
                        deployments ->
                                assertThat(deployments).startsWith("the applier may not get deployments.apps in shop"),
                        sets -> assertThat(sets).startsWith("the applier may not list replicasets.apps in shop"));
    }

    @Test
    @DisplayName("B49 without the right to scale no weight is set where replicas are the weight")
    void needsToScale() {
        assertThat(Allowed.findings(Look.atReplicas(TestOrder.begins())
                        .denied("apps", "deployments/scale", "update")
                        .seen()))
                .singleElement()
                .returns(Severity.ERROR, Finding::severity);
    }

    @Test
    @DisplayName("B52 what the cluster doesn't serve nobody has to be allowed to list")
    void looksForNoRivalsThatCannotBeThere() {
        var replicas = Look.atReplicas(TestOrder.begins());
        assertThat(needed(replicas, kind -> true))
                .contains(
                        new Right("keda.sh", "scaledobjects", List.of("list")),
                        new Right("autoscaling", "horizontalpodautoscalers", List.of("list")));
        assertThat(needed(replicas, kind -> !kind.group().equals("keda.sh")))
                .contains(new Right("autoscaling", "horizontalpodautoscalers", List.of("list")))
                .noneMatch(right -> right.group().equals("keda.sh"));
    }

    @Test
    void tellsErrorsFromWarnings() {
        // when
        var findings = Allowed.findings(Look.atBegin()
                .denied("split.smi-spec.io", "trafficsplits", "update", "watch")
                .denied("discovery.k8s.io", "endpointslices", "list", "watch")
                .denied("", "services", "get", "list", "watch")
                .seen());

        // then
        assertThat(findings).allMatch(finding -> finding.code() == Code.RIGHT_MISSING);
        assertThat(findings.stream().filter(Finding::isError).map(Finding::message))
                .satisfiesExactly(
                        split -> assertThat(split)
                                .startsWith("the applier may not update trafficsplits.split.smi-spec.io in shop")
                                .contains("rights --mesh smi --namespace shop"),
                        slices -> assertThat(slices)
                                .startsWith("the applier may not list endpointslices.discovery.k8s.io in shop"));
        assertThat(findings.stream()
                        .filter(finding -> finding.severity() == Severity.WARNING)
                        .map(Finding::message))
                .satisfiesExactly(
                        split -> assertThat(split).startsWith("the applier may not watch trafficsplits"),
                        slices -> assertThat(slices).startsWith("the applier may not watch endpointslices"),
                        services -> assertThat(services).startsWith("the applier may not get, list, watch services"));
    }
}
