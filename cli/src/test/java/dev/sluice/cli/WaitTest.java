package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.engine.RolloutShown;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Status;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code start --wait} and {@code watch}: one rollout, followed by its id. */
class WaitTest {
    private static final String ROLLOUT = "GET /api/rollouts/shop/checkout";
    private static final String HISTORY = "GET /api/history/shop/checkout";
    private static final String FILE = "{\"version\": \"v1\", \"application\": \"shop/checkout\"}";
    private static final String START = "start -f - --request-id r1 --wait";

    private final ScriptedServer server = new ScriptedServer()
            .on("POST /api/commands", 202, Map.of("warnings", List.of()))
            .on("GET /api/commands/shop/checkout", 200, List.of(Said.decision("Started", null, "started")));
    private final Shell shell = Shell.of(server).given(FILE);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void endsWithZeroOnceItIsPromoted() {
        // given
        server.on(ROLLOUT, 200, Said.rollout("r1", Phase.PROGRESSING, ReasonCode.WEIGHT_ORDERED))
                .on(ROLLOUT, 200, Said.rollout("r1", Phase.PROMOTED, ReasonCode.PROMOTED));
        // when
        var ran = shell.run(START);
        // then
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).contains("rollout r1", "Progressing  step 2 of 4 (pause)  10 %");
        assertThat(ran.out()).isEqualTo("prod: Promoted: because of Promoted\n");
    }

    @ParameterizedTest
    @CsvSource({
        "ROLLED_BACK, ANALYSIS_FAILED, 4",
        "ROLLED_BACK, WEBHOOK_FAILED, 4",
        "ROLLED_BACK, APPROVAL_EXPIRED, 4",
        "ROLLED_BACK, ABORTED, 5",
        "ROLLED_BACK, REJECTED, 5",
        "ROLLED_BACK, TAKEN_BACK, 5",
        "CANCELLED, ABORTED, 5",
        "ROLLED_BACK, SUPERSEDED, 3",
        "ROLLED_BACK, ORDER_TIMED_OUT, 1",
        "FAILED, ORDER_REFUSED, 1",
        "PROMOTED, AFTER_DEPLOYMENT_FAILED, 4",
        "PROMOTED, FIRST_DEPLOYMENT, 0",
    })
    void theExitCodeSaysHowItEnded(Phase phase, ReasonCode code, int exit) {
        // given
        server.on(ROLLOUT, 200, Said.rollout("r1", phase, code));
        // when
        var ran = shell.run(START);
        // then
        assertThat(ran.exit()).isEqualTo(exit);
    }

    @Test
    void takesAWorkloadForNoPerson() {
        // given
        var waiting = Said.waitingFor(
                Said.status("r1", "prod", Phase.FINALIZING, ReasonCode.FINALIZE_PENDING, 4),
                new Status.WaitingFor("workload", "Deployment shop/checkout", List.of(), null));
        server.on(ROLLOUT, 200, Said.rollout("r1", waiting))
                .on(ROLLOUT, 200, Said.rollout("r1", Phase.PROMOTED, ReasonCode.PROMOTED));
        // when
        var ran = shell.run(START + " --no-wait-approval");
        // then
        assertThat(ran.exit()).as(ran.err()).isZero();
    }

    @Test
    void endsWithSevenWhereFinalizeIsAPersonsToSay() {
        // given
        server.on(ROLLOUT, 200, Said.rollout("r1", Phase.FINALIZING, ReasonCode.FINALIZE_PENDING));
        // when
        var ran = shell.run(START + " --no-wait-approval");
        // then
        assertThat(ran.exit()).isEqualTo(7);
        assertThat(ran.err()).contains("sluice finalize");
    }

    @Test
    void givesUpAtOnceWhereTheTokenIsRefused() {
        // given
        server.on(ROLLOUT, 403, "{\"error\": \"alice has no role for shop/checkout\"}");
        // when
        var ran = shell.run(START);
        // then
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("alice has no role");
    }

    @Test
    void whatATargetWasTakenAlongByCountsAndNotThatItWas() {
        // given
        var judged = Said.status("r1", "eu", Phase.ROLLED_BACK, ReasonCode.ANALYSIS_FAILED, 2);
        var taken = Said.status("r1", "us", Phase.ROLLED_BACK, ReasonCode.GROUP_WENT_BACK, 2);
        var never = Said.status("r1", "asia", Phase.CANCELLED, ReasonCode.DEPENDENCY_FAILED, 0);
        server.on(ROLLOUT, 200, Said.rollout("r1", taken, never, judged));
        // when
        var ran = shell.run(START);
        // then
        assertThat(ran.exit()).isEqualTo(4);
    }

    @Test
    void endsWithSixWhereTheTimeIsOverFirst() {
        // given
        server.on(ROLLOUT, 200, Said.rollout("r1", Phase.PAUSED, ReasonCode.TIMED_PAUSE));
        // when
        var ran = shell.run(START + " --timeout 1ms");
        // then
        assertThat(ran.exit()).isEqualTo(6);
        assertThat(ran.err()).contains("sluice watch shop/checkout --rollout r1");
    }

    @Test
    void endsWithSevenWhereOnlyAPersonCanGoOn() {
        // given
        server.on(ROLLOUT, 200, Said.rollout("r1", Phase.AWAITING_APPROVAL, ReasonCode.APPROVAL_PENDING));
        // when
        var ran = shell.run(START + " --no-wait-approval");
        // then
        assertThat(ran.exit()).isEqualTo(7);
        assertThat(ran.err()).contains("sluice approve shop/checkout --target prod");
    }

    @Test
    void goesOnWhileAnotherTargetMovesByItself() {
        // given
        var waiting = Said.status("r1", "eu", Phase.AWAITING_APPROVAL, ReasonCode.APPROVAL_PENDING, 2);
        server.on(ROLLOUT, 200, Said.rollout("r1", waiting, us(Phase.PROGRESSING, ReasonCode.WEIGHT_ORDERED)))
                .on(ROLLOUT, 200, Said.rollout("r1", waiting, us(Phase.PROMOTED, ReasonCode.PROMOTED)));
        // when
        var ran = shell.run(START + " --no-wait-approval");
        // then
        assertThat(ran.exit()).isEqualTo(7);
        assertThat(ran.err()).contains("us  Promoted");
    }

    private static Status us(Phase phase, ReasonCode code) {
        return Said.status("r1", "us", phase, code, 2);
    }

    @Test
    void looksInTheHistoryOnceAnotherRolloutIsShown() {
        // given
        server.on(ROLLOUT, 200, Said.rollout("r2", Phase.PROGRESSING, ReasonCode.WEIGHT_ORDERED))
                .on(
                        HISTORY,
                        200,
                        List.of(
                                Said.past("r2", Phase.PROMOTED, ReasonCode.PROMOTED),
                                Said.past("r1", Phase.ROLLED_BACK, ReasonCode.ANALYSIS_FAILED)));
        // when
        var ran = shell.run(START);
        // then
        assertThat(ran.exit()).isEqualTo(4);
        assertThat(ran.out()).contains("because of AnalysisFailed");
    }

    @Test
    void waitsWhileTheRolloutWaitsForAnotherToEnd() {
        // given
        server.on(ROLLOUT, 200, queued("r0", "r1"))
                .on(ROLLOUT, 200, Said.rollout("r1", Phase.PROMOTED, ReasonCode.PROMOTED));
        // when
        var ran = shell.run(START);
        // then
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).contains("waits for rollout r0");
    }

    @Test
    void endsWithThreeWhereAnotherStartTookItsPlaceInTheQueue() {
        // given
        server.on(ROLLOUT, 200, queued("r0", "r1")).on(ROLLOUT, 200, queued("r0", "r2"));
        // when
        var ran = shell.run(START);
        // then
        assertThat(ran.exit()).isEqualTo(3);
    }

    private static Map<String, Object> queued(String running, String waiting) {
        return Map.of(
                "application",
                Said.APPLICATION,
                "rollout",
                running,
                "targets",
                List.of(Map.of("target", "prod", "phase", "Paused", "version", 1, "queued", waiting)));
    }

    @Test
    void doesNotGiveUpOnAnEngineThatRestarts() {
        // given
        server.on(ROLLOUT, 503, Map.of("error", "Rollouts can't be read now", "todo", "Try again"))
                .on(ROLLOUT, 200, Said.rollout("r1", Phase.PROMOTED, ReasonCode.PROMOTED));
        // when
        var ran = shell.run(START);
        // then
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).contains("trying again");
    }

    @Test
    void watchesTheRolloutThatRunsAndTellsEachChangeOnALine() {
        // given
        var first = Said.rollout("r1", Phase.PROGRESSING, ReasonCode.WEIGHT_ORDERED);
        server.on(ROLLOUT, 200, first)
                .on(ROLLOUT, 200, first)
                .on(ROLLOUT, 200, Said.rollout("r1", Phase.ROLLED_BACK, ReasonCode.ANALYSIS_FAILED));
        // when
        var ran = shell.run("watch shop/checkout");
        // then
        assertThat(ran.exit()).isEqualTo(4);
        assertThat(ran.out().lines()).hasSize(2).last().asString().contains("RolledBack", "because of AnalysisFailed");
    }

    @Test
    void watchesAsOneJsonObjectPerLine() {
        // given
        var begun = Said.rollout("r1", Phase.PROGRESSING, ReasonCode.WEIGHT_ORDERED);
        server.on(ROLLOUT, 200, begun)
                .on(ROLLOUT, 200, begun)
                .on(ROLLOUT, 200, Said.rollout("r1", Phase.PROMOTED, ReasonCode.PROMOTED));
        // when
        var ran = shell.run("watch shop/checkout -o json");
        // then
        assertThat(ran.out().lines())
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(Read.json(line).path("rollout").asText()).isEqualTo("r1"));
    }

    @Test
    void aTerminalIsDrawnAnewAndNotFilledUp() {
        // given
        RolloutShown begun = Said.rollout("r1", Phase.PROGRESSING, ReasonCode.WEIGHT_ORDERED);
        server.on(ROLLOUT, 200, begun)
                .on(ROLLOUT, 200, begun)
                .on(ROLLOUT, 200, Said.rollout("r1", Phase.PROMOTED, ReasonCode.PROMOTED));
        // when
        var ran = shell.onTerminal().run("watch shop/checkout");
        // then
        assertThat(ran.out()).containsOnlyOnce("A\u001b[J").contains("\u001b[32mPromoted");
    }
}
