package dev.sluice.applier.preflight;

import static dev.sluice.applier.preflight.Look.ACTIVE;
import static dev.sluice.applier.preflight.Look.CANARY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.core.Annotations;
import dev.sluice.applier.core.Placement;
import dev.sluice.applier.mesh.Kind;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.Finding.Code;
import dev.sluice.schemas.message.Finding.Severity;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Ownership;
import dev.sluice.schemas.rollout.mesh.MeshEntry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    private static final String OURS = "{'name':'checkout','uid':'u','labels':{'sluice.dev/managed':'true'}}";
    private static final String THEIRS = "{'name':'checkout','uid':'u'}";
    private static final Kind SPLIT = Kind.namespaced(
            "split.smi-spec.io", "trafficsplits", "TrafficSplit", "v1alpha4", "v1alpha3", "v1alpha2", "v1alpha1");

    private static void isRefused(Look look, Code code, String words) {
        var rehearsal = Rehearsal.of(look.seen());
        assertThat(rehearsal.placements()).isEmpty();
        assertThat(rehearsal.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.code()).isEqualTo(code);
            assertThat(finding.message()).contains(words);
        });
    }

    private static TestOrder onHttpRoute() {
        var entry = Map.<String, Object>of(
                "route", Map.of("name", "checkout"), "activeService", ACTIVE, "canaryService", CANARY);
        return TestOrder.begins()
                .through(
                        "gatewayApi",
                        new MeshEntry.Named(
                                "httproutes.gateway.networking.k8s.io", "checkout", null, ACTIVE, CANARY, entry));
    }

    private static String httpRoute(String backends, String status) {
        return "{'apiVersion':'gateway.networking.k8s.io/v1','kind':'HTTPRoute','metadata':{'name':'checkout','uid':'u',"
                + "'generation':3},'spec':{'rules':[{'backendRefs':[" + backends + "]}]},'status':" + status + "}";
    }

    @Test
    @DisplayName(
            "B16 an object that will be created is no finding, and the writes of a beginning and of a raise are known")
    void plansABeginningAndARaise() {
        // when
        var rehearsal = Rehearsal.of(Look.atBegin().seen());

        // then
        assertThat(rehearsal.findings()).isEmpty();
        assertThat(rehearsal.placements()).extracting(Placement::weight).containsExactly(Weight.ZERO, Weight.FULL);
        assertThat(rehearsal.placements())
                .allMatch(placement -> !placement.order().check());
    }

    @Test
    @DisplayName("B34 a fence that is later than the check's is none of its business: a rollout's will be later yet")
    void goesAboveTheFence() {
        // given
        var key = Annotations.fenceKey(TestOrder.begins().route());
        var look = Look.at(TestOrder.begins().ofGeneration(0))
                .split(
                        "{'name':'checkout','uid':'u','labels':{'sluice.dev/managed':'true'},'annotations':{'" + key
                                + "':'1795170000000.9=0;active=checkout'}}",
                        100,
                        0);

        // when
        var rehearsal = Rehearsal.of(look.seen());

        // then
        assertThat(rehearsal.findings()).isEmpty();
        assertThat(rehearsal.placements()).hasSize(2);
        assertThat(rehearsal.placements().getFirst().fence().generation()).isGreaterThan(TestOrder.GENERATION);
    }

    @Test
    @DisplayName("B16 somebody else's object is an error, unless it is to be adopted or edited")
    void tellsForeignObjects() {
        isRefused(Look.atBegin().split(THEIRS, 100, 0), Code.OBJECT_FOREIGN, "Sluice did not make it");
        assertThat(Look.at(TestOrder.begins().owning(Ownership.EDIT))
                        .split(THEIRS, 100, 0)
                        .findings())
                .isEmpty();
    }

    @Test
    @DisplayName("B20 an object from which a beginning would take traffic away is an error")
    void tellsLiveTraffic() {
        isRefused(Look.atBegin().split(OURS, 0, 100), Code.LIVE_TRAFFIC, "no weight");
    }

    @Test
    @DisplayName("B15 a paused object is a warning")
    void tellsAPause() {
        // given
        var paused = "{'name':'checkout','uid':'u','labels':{'sluice.dev/managed':'true'},"
                + "'annotations':{'sluice.dev/paused':'true'}}";

        // then
        assertThat(Rehearsal.of(Look.atBegin().split(paused, 100, 0).seen()).findings())
                .extracting(Finding::code)
                .containsExactly(Code.OBJECT_PAUSED);
    }

    @Test
    @DisplayName("B52 a kind that isn't served is an error, with what the cluster does serve of it")
    void tellsWhatIsServed() {
        isRefused(Look.atBegin().unserved(SPLIT), Code.KIND_UNSERVED, "install the mesh's definitions");
        isRefused(Look.atBegin().unserved(SPLIT, "v1beta9"), Code.KIND_UNSERVED, "only in [v1beta9]");
    }

    @Test
    @DisplayName("B52 an object that is the user's to create, and isn't there, is an error")
    void tellsMissingObjects() {
        isRefused(Look.at(onHttpRoute()), Code.OBJECT_MISSING, "create it, with all weight on checkout");
    }

    @Test
    @DisplayName("B40 an object that can't carry the route is an error in the mesh's words")
    void tellsUnfitObjects() {
        isRefused(
                Look.at(onHttpRoute()).with(httpRoute("{'name':'checkout','port':80}", "{}")),
                Code.OBJECT_UNFIT,
                "lists both");
    }

    @Test
    @DisplayName("B40 a mesh that doesn't take the object as it is won't take the next weight either")
    void tellsWhatIsNotInForce() {
        // given
        var backends = "{'name':'checkout','port':80,'weight':1},{'name':'checkout-canary','port':80,'weight':0}";
        var status = "{'parents':[{'conditions':[{'type':'Accepted','status':'False','observedGeneration':3,"
                + "'reason':'NoMatchingParent'}]}]}";

        // when
        var findings = Rehearsal.of(
                        Look.at(onHttpRoute()).with(httpRoute(backends, status)).seen())
                .findings();

        // then
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(Code.NOT_IN_FORCE);
            assertThat(finding.message()).contains("NoMatchingParent");
        });
    }

    @Test
    @DisplayName("what a mesh can't carry is an error, although it is refused before anything is looked at")
    void tellsWhatTheMeshCannotCarry() {
        var requests = new Match(List.of(), List.of(), List.of(), null, "GET", null);
        isRefused(
                Look.at(TestOrder.begins().matching(requests)),
                Code.OBJECT_UNFIT,
                "smi can't carry a match: name an HTTPRouteGroup");
    }

    @Test
    @DisplayName("B30 a check of a raise rehearses its write, whatever runs behind the canary by then")
    void rehearsesARaiseOfNamedWorkloads() {
        // when
        var rehearsal = Rehearsal.of(
                Look.at(TestOrder.of(25).namingWorkloads()).split(OURS, 100, 0).seen());

        // then
        assertThat(rehearsal.findings()).isEmpty();
        assertThat(rehearsal.placements().getFirst().weight()).isEqualTo(Weight.percent(25));
    }

    @Test
    @DisplayName("of an object that could not be read nothing is concluded")
    void concludesNothingFromWhatIsHidden() {
        // when
        var rehearsal = Rehearsal.of(Look.at(onHttpRoute()).hiding().seen());

        // then
        assertThat(rehearsal.findings()).isEmpty();
        assertThat(rehearsal.placements()).isEmpty();
    }

    @Test
    @DisplayName("what the mesh can't create is an error before it is tried")
    void tellsWhatCannotBeCreated() {
        // given
        var entry = Map.<String, Object>of(
                "ingress", Map.of("name", "shop"), "activeService", ACTIVE, "canaryService", CANARY);
        var order = TestOrder.begins()
                .through(
                        "ingressNginx",
                        new MeshEntry.Named("ingresses.networking.k8s.io", "shop-canary", null, ACTIVE, CANARY, entry));

        // then
        isRefused(Look.at(order), Code.OBJECT_MISSING, "the Ingress shop isn't there");
    }
}
