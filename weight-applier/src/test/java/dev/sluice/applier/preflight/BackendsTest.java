package dev.sluice.applier.preflight;

import static dev.sluice.applier.preflight.Look.ACTIVE;
import static dev.sluice.applier.preflight.Look.CANARY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.Finding.Code;
import dev.sluice.schemas.message.Finding.Severity;
import dev.sluice.schemas.rollout.Readiness;
import dev.sluice.schemas.rollout.mesh.MeshEntry;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BackendsTest {
    private static final String PORT = "{'name':'http','port':80}";

    private static ObjectAssert<Finding> only(List<Finding> findings, Severity severity, Code code) {
        assertThat(findings).hasSize(1);
        return assertThat(findings.getFirst())
                .returns(severity, Finding::severity)
                .returns(code, Finding::code);
    }

    private static List<Finding> of(Look look) {
        return Backends.findings(look.seen());
    }

    @Test
    void saysNothingOfWhatIsRight() {
        assertThat(of(Look.atBegin())).isEmpty();
    }

    @Test
    @DisplayName("B52 a Service that does not exist is named with its namespace, once")
    void namesWhatDoesNotExist() {
        only(of(Look.atBegin().missing(CANARY)), Severity.ERROR, Code.SERVICE_MISSING)
                .extracting(Finding::message)
                .asString()
                .contains("Service shop/checkout-canary does not exist");
    }

    @Test
    @DisplayName("B52 the root Service is looked for as well")
    void looksForTheRoot() {
        // given
        var look = Look.at(TestOrder.begins().rootedAt("shopfront"));
        assertThat(Check.services(look.seen())).containsExactlyInAnyOrder("shopfront", ACTIVE, CANARY);

        // then
        only(of(look.missing("shopfront")), Severity.ERROR, Code.SERVICE_MISSING);
    }

    @Test
    void namesThePortThatTheCanaryLacks() {
        only(
                        of(Look.atBegin().service(ACTIVE, "{'app':'checkout'}", PORT + ",{'name':'grpc','port':9090}")),
                        Severity.ERROR,
                        Code.PORTS_DIFFER)
                .extracting(Finding::message)
                .asString()
                .startsWith("Service shop/checkout-canary has no port 9090");
    }

    @Test
    void letsTheCanaryHaveMorePorts() {
        assertThat(of(Look.atBegin()
                        .service(CANARY, "{'app':'checkout-canary'}", PORT + ",{'name':'debug','port':6060}")))
                .isEmpty();
    }

    @Test
    void warnsOfAPortOfAnotherName() {
        only(
                of(Look.atBegin().service(CANARY, "{'app':'checkout-canary'}", "{'name':'tcp','port':80}")),
                Severity.WARNING,
                Code.PORTS_DIFFER);
    }

    @Test
    void findsThePortsOfTheRootAtBothBackends() {
        var findings = of(Look.at(TestOrder.begins().rootedAt("shopfront"))
                .service("shopfront", "{'shop':'all'}", "{'name':'http','port':8080}"));

        assertThat(findings).hasSize(2).allMatch(finding -> finding.code() == Code.PORTS_DIFFER && finding.isError());
    }

    @Test
    @DisplayName("B52 two backends of the same pods are an error, also where one selects by less than the other")
    void tellsTheSamePods() {
        only(of(Look.atBegin().service(CANARY, "{'app':'checkout'}", PORT)), Severity.ERROR, Code.BACKENDS_OVERLAP);
        only(
                of(Look.atBegin().service(CANARY, "{'app':'checkout','version':'2'}", PORT)),
                Severity.ERROR,
                Code.BACKENDS_OVERLAP);
    }

    @Test
    void tellsPodsThatAreReadyBehindBoth() {
        only(
                        of(Look.atBegin()
                                .service(CANARY, "{'track':'canary'}", PORT)
                                .ready(CANARY, "c-1", "a-2")),
                        Severity.ERROR,
                        Code.BACKENDS_OVERLAP)
                .extracting(Finding::message)
                .asString()
                .contains("1 ready ones are behind both");
    }

    @Test
    void saysNothingOfSelectorsThatOnlyMayOverlap() {
        assertThat(of(Look.atBegin().service(CANARY, "{'track':'canary'}", PORT)))
                .isEmpty();
        assertThat(of(Look.atBegin().service(CANARY, "{}", PORT))).isEmpty();
    }

    @Test
    @DisplayName("B52 subsets of one Service are told apart by their labels, where those are known")
    void tellsSubsetsApart() {
        // given
        var entry = Map.<String, Object>of(
                "virtualService", Map.of("name", "checkout"),
                "destinationRule", Map.of("name", "rule", "activeSubsetName", "stable", "canarySubsetName", "canary"),
                "serviceName", "checkout");
        var order = TestOrder.begins()
                .through(
                        "istio",
                        new MeshEntry.Named(
                                "virtualservices.networking.istio.io", "checkout", null, "stable", "canary", entry));

        // then
        assertThat(of(Look.at(order).ready("stable", "a").ready("canary", "c"))).isEmpty();
        assertThat(of(Look.at(order).further(subsets("1", "2")))).isEmpty();
        only(of(Look.at(order).further(subsets("1", "1"))), Severity.ERROR, Code.BACKENDS_OVERLAP);
    }

    private static String subsets(String stable, String canary) {
        return "{'spec':{'host':'checkout','subsets':[{'name':'stable','labels':{'version':'" + stable
                + "'}},{'name':'canary','labels':{'version':'" + canary + "'}}]}}";
    }

    @Test
    void warnsOfARootThatSelectsOneBackendOnly() {
        // given
        var look = Look.at(TestOrder.begins().rootedAt("shopfront"))
                .service(ACTIVE, "{'app':'checkout','track':'stable'}", PORT)
                .service(CANARY, "{'app':'checkout','track':'canary'}", PORT);

        // then
        assertThat(of(look.service("shopfront", "{'app':'checkout'}", PORT))).isEmpty();
        only(of(look.service("shopfront", "{'track':'stable'}", PORT)), Severity.WARNING, Code.ROOT_ONE_SIDED)
                .extracting(Finding::message)
                .asString()
                .contains("selects the pods of checkout alone");
    }

    @Test
    @DisplayName("B18 B29 backends without ready endpoints are warned of, each in its way")
    void warnsOfEmptyBackends() {
        only(of(Look.atBegin().ready(ACTIVE)), Severity.WARNING, Code.NO_ENDPOINTS)
                .extracting(Finding::message)
                .asString()
                .contains("the active backend");
        only(of(Look.atBegin().ready(CANARY)), Severity.WARNING, Code.NO_ENDPOINTS)
                .extracting(Finding::message)
                .asString()
                .startsWith("0 of 1");
        only(of(Look.at(TestOrder.begins().needing(new Readiness(3, false)))), Severity.WARNING, Code.NO_ENDPOINTS)
                .extracting(Finding::message)
                .asString()
                .startsWith("1 of 3");
    }

    @Test
    @DisplayName("B18 a canary of whose endpoints too few are ready is warned of with the share that was asked")
    void warnsOfTooSmallAShare() {
        var asked = TestOrder.begins().needing(new Readiness(1, false, 90));

        // then
        only(of(Look.at(asked).unready(CANARY, 1)), Severity.WARNING, Code.NO_ENDPOINTS)
                .extracting(Finding::message)
                .isEqualTo("1 of 2 endpoints are ready behind Service shop/checkout-canary, the canary, 90 % asked:"
                        + " it gets no traffic before they are");
        assertThat(of(Look.at(asked))).isEmpty();
    }
}
