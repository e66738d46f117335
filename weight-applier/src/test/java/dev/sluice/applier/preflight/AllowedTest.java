package dev.sluice.applier.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.applier.TestOrder;
import dev.sluice.applier.mesh.Right;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.Finding.Code;
import dev.sluice.schemas.message.Finding.Severity;
import dev.sluice.schemas.rollout.Ownership;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B49 a missing right is said before it is missed")
class AllowedTest {
    private static List<Right> needed(TestOrder order) {
        var seen = Look.at(order).seen();
        return Allowed.needed(seen.mesh(), seen.order(), seen.objects().refs());
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
