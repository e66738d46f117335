package dev.sluice.applier.preflight;

import static dev.sluice.applier.preflight.Look.ACTIVE;
import static dev.sluice.applier.preflight.Look.CANARY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.mesh.Smi;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.Finding.Code;
import dev.sluice.schemas.message.Finding.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("a policy that covers the active backend and not the canary is warned of")
class PoliciesTest {
    private static void warns(Look look, String words) {
        assertThat(Policies.findings(look.seen())).singleElement().satisfies(finding -> {
            assertThat(finding)
                    .returns(Severity.WARNING, Finding::severity)
                    .returns(Code.POLICY_ONE_SIDED, Finding::code);
            assertThat(finding.message()).contains(words);
        });
    }

    private static void isQuiet(Look look) {
        assertThat(Policies.findings(look.seen())).isEmpty();
    }

    private static Look rule(String... hosts) {
        var look = Look.atBegin();
        for (var host : hosts) {
            look.policy(PolicyKind.DESTINATION_RULE, "rule", "{'host':'" + host + "'}");
        }
        return look;
    }

    private static Look pods(PolicyKind kind, String... specs) {
        var look = Look.atBegin()
                .service(ACTIVE, "{'app':'checkout','track':'stable'}", "{'port':80}")
                .service(CANARY, "{'app':'checkout','track':'canary'}", "{'port':80}");
        for (var spec : specs) {
            look.policy(kind, "policy", spec);
        }
        return look;
    }

    private static Look workloads(String... scaled) {
        var workload = Map.<String, Object>of(
                "active", Map.of("kind", "Deployment", "name", "checkout"),
                "canary", Map.of("kind", "Deployment", "name", "checkout-canary"));
        var look = Look.at(TestOrder.begins().running(workload));
        for (var name : scaled) {
            var spec = "{'scaleTargetRef':{'kind':'Deployment','name':'" + name + "'}}";
            look.policy(PolicyKind.AUTOSCALER, name, spec);
        }
        return look;
    }

    @Test
    void readsHosts() {
        warns(rule("checkout"), "the DestinationRule rule covers checkout");
        warns(rule("checkout.shop.svc.cluster.local"), "checkout-canary, the canary");
        isQuiet(rule("checkout", "checkout-canary.shop"));
        isQuiet(rule("*.shop.svc.cluster.local"));
        isQuiet(rule("checkout", "*.shop.svc.cluster.local"));
        isQuiet(rule("payments", "checkout.other"));
        isQuiet(rule("checkout-canary"));
    }

    @Test
    void readsSelectorsOfPods() {
        var budget = PolicyKind.DISRUPTION_BUDGET;
        warns(pods(budget, "{'selector':{'matchLabels':{'track':'stable'}}}"), "PodDisruptionBudget");
        warns(pods(PolicyKind.NETWORK_POLICY, "{'podSelector':{'matchLabels':{'track':'stable'}}}"), "NetworkPolicy");
        isQuiet(pods(budget, "{'selector':{'matchLabels':{'app':'checkout'}}}"));
        isQuiet(pods(PolicyKind.NETWORK_POLICY, "{'podSelector':{}}"));
        isQuiet(pods(
                budget,
                "{'selector':{'matchLabels':{'track':'stable'}}}",
                "{'selector':{'matchLabels':{'track':'canary'}}}"));
    }

    @Test
    @DisplayName("whom a selector covers that says more than the Services' labels can't be told, so nothing is said")
    void saysNothingWhereItIsNotSure() {
        var budget = PolicyKind.DISRUPTION_BUDGET;
        isQuiet(pods(budget, "{'selector':{'matchLabels':{'track':'stable','zone':'a'}}}"));
        isQuiet(pods(budget, "{'selector':{'matchLabels':{'track':'stable'}}}")
                .service(CANARY, "{'release':'new'}", "{'port':80}"));
        isQuiet(pods(
                budget,
                "{'selector':{'matchLabels':{'track':'stable'}}}",
                "{'selector':{'matchExpressions':[{'key':'track','operator':'Exists'}]}}"));
    }

    @Test
    void readsWorkloads() {
        warns(workloads("checkout"), "the HorizontalPodAutoscaler checkout covers checkout");
        isQuiet(workloads("checkout", "checkout-canary"));
        isQuiet(workloads("payments"));
        assertThat(List.of(PolicyKind.values()))
                .filteredOn(kind -> !kind.concerns(new Smi(), TestOrder.begins().build()))
                .containsExactly(PolicyKind.AUTOSCALER, PolicyKind.SCALED_OBJECT);
    }

    @Test
    @DisplayName("where replicas are the weight nothing may scale the workloads, so nobody is told to add what does")
    void asksForNoAutoscalersBesideReplicas() {
        isQuiet(Look.atReplicas(TestOrder.begins().namingWorkloads())
                .policy(
                        PolicyKind.AUTOSCALER,
                        "checkout",
                        "{'scaleTargetRef':{'kind':'Deployment','name':'checkout'}}"));
    }
}
