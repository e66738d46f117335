package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.message.ReasonCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final String PLAN = "POST /api/plan";
    private static final String FILE = "version: v1\napplication: shop/checkout\n";

    private final ScriptedServer server = new ScriptedServer();
    private final Shell shell = Shell.of(server).given(FILE);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void endsWithOneWhereAStartWouldChangeSomething() {
        // given
        server.on(PLAN, 200, plan("Started", "started"));
        // when
        var ran = shell.run("plan -f - --revision 1.4.2 --targets prod --cluster --output markdown");
        // then
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.out())
                .startsWith("### Rollout of shop/checkout 1.4.2\n")
                .contains(
                        "**prod** (cluster prod, namespace shop)",
                        "1. setWeight 10 %",
                        "2. pause until approved by 2 people by sre or qa",
                        "- Started: started");
        assertThat(server.requests(PLAN).getFirst().line()).endsWith("?targets=prod&revision=1.4.2&cluster=true");
    }

    @Test
    void endsWithZeroWhereARolloutDoesTheSameAlready() {
        // given
        server.on(PLAN, 200, plan("Ignored", "rollout r0 carries out the same file and revision already"));
        // when
        var ran = shell.run("plan -f -");
        // then
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("Nothing to do: rollout r0");
    }

    @Test
    void endsWithZeroWhereEveryTargetWasPromotedToTheRevision() {
        // given
        server.on(PLAN, 200, plan("Started", "started"))
                .on("GET /api/rollouts/shop/checkout", 200, Said.rollout("r1", Phase.PROMOTED, ReasonCode.PROMOTED));
        // when
        var same = shell.run("plan -f - --revision 1.4.2");
        var next = shell.run("plan -f - --revision 1.4.3");
        // then
        assertThat(same.exit()).isZero();
        assertThat(next.exit()).isEqualTo(1);
    }

    @Test
    void endsWithTwoWhereTheFileIsNotValid() {
        // given
        server.on(PLAN, 422, Map.of("error", "not valid", "problems", List.of(new Problem("/targets", "is missing"))));
        // when
        var ran = shell.run("plan -f -");
        // then
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("/targets: is missing");
    }

    @Test
    void endsWithThreeWhereAStartWouldBeRejected() {
        // given
        server.on(PLAN, 200, plan("Rejected", "rollout r0 is running"));
        // when
        var ran = shell.run("plan -f -");
        // then
        assertThat(ran.exit()).isEqualTo(3);
    }

    @Test
    void validatesWithoutAskingAnybody() {
        // when
        var invalid = Shell.plain().given(FILE).run("validate -f -");
        var valid = Shell.plain().given(VALID).run("validate -f - -o json");
        // then
        assertThat(invalid.exit()).isEqualTo(2);
        assertThat(invalid.out()).contains("/targets");
        assertThat(valid.exit()).isZero();
        assertThat(Read.json(valid.out()).path("valid").asBoolean()).isTrue();
    }

    private static final String VALID = """
            version: v1
            application: shop/checkout
            targets:
              prod: {cluster: prod, namespace: shop, strategy: careful}
            strategies:
              careful: {canary: {steps: [{setWeight: {weight: 10}}]}}
            trafficManagement:
              - smi: [{rootServiceName: checkout}]
            """;

    private static Map<String, Object> plan(String decision, String reason) {
        var steps = List.of(
                Map.of("step", 1, "kind", "setWeight", "weight", 10),
                Map.of("step", 2, "kind", "pause", "approvals", 2, "roles", List.of("sre", "qa")));
        var target = Map.of("target", "prod", "cluster", "prod", "namespace", "shop", "steps", steps);
        return Map.of(
                "application",
                Said.APPLICATION,
                "targets",
                List.of(target),
                "now",
                List.of(Map.of("decision", decision, "reason", reason)));
    }
}
