package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.message.ReasonCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a command, in words and as an exit code. */
class OutcomeTest {
    private static final String COMMANDS = "POST /api/commands";
    private static final String OUTCOME = "GET /api/commands/shop/checkout";
    private static final String ROLLOUT = "GET /api/rollouts/shop/checkout";
    private static final String FILE = "{\"version\": \"v1\", \"application\": \"shop/checkout\"}";

    private final ScriptedServer server = new ScriptedServer().on(COMMANDS, 202, Map.of("warnings", List.of()));
    private final Shell shell = Shell.of(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void endsWithZeroAndSaysWhatWasDone() {
        // given
        server.on(OUTCOME, 200, List.of(Said.decision("Paused", "prod", "paused by alice")));
        // when
        var ran = shell.run("pause shop/checkout");
        // then
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).isEqualTo("Paused prod: paused by alice\n");
    }

    @Test
    void saysOfARolloutThatIsOverThatItEndedWrongly() {
        // given
        server.on(
                OUTCOME,
                200,
                List.of(Said.decision("Assessed", null, "that it was rolled back was wrong, says alice")));
        // when
        var ran = shell.run("assess shop/checkout r1 wrong --reason slow");
        // then
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("Assessed", "that it was rolled back was wrong, says alice");
        var sent = server.requests(COMMANDS).getFirst().json();
        assertThat(sent.path("type").asText()).isEqualTo("assess");
        assertThat(sent.path("assessment")).hasToString("{\"rollout\":\"r1\",\"ending\":\"wrong\"}");
    }

    @Test
    void takesNoOtherWordOnARolloutThanWrongAndRight() {
        // when
        var ran = shell.run("assess shop/checkout r1 maybe");
        // then
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).contains("maybe");
    }

    @Test
    void endsWithThreeWhereTheCommandIsRejected() {
        // given
        server.on(OUTCOME, 200, List.of(Said.decision("Rejected", null, "expected step 2, but target prod is Paused")));
        // when
        var ran = shell.run("skip shop/checkout");
        // then
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.out()).contains("expected step 2");
    }

    @Test
    void endsWithTwoWhereTheFileIsRejected() {
        // given
        var wrong = new Problem("/strategies", "is missing");
        server.on(OUTCOME, 200, List.of(Said.decision("Rejected", null, "the rollout file has a problem", wrong)));
        // when
        var ran = shell.given(FILE).run("start -f -");
        // then
        assertThat(ran.exit()).isEqualTo(2);
    }

    @Test
    void tellsEveryProblemOfAFileThatTheEngineDoesNotTake() {
        // given
        var problems = List.of(new Problem("/rollout/targets", "is missing"), new Problem("/rollout/kind", "is odd"));
        try (var refusing = new ScriptedServer()) {
            refusing.on(COMMANDS, 422, Map.of("error", "The command is not valid", "problems", problems));
            // when
            var ran = Shell.of(refusing).given(FILE).run("start -f -");
            // then
            assertThat(ran.exit()).isEqualTo(2);
            assertThat(ran.err()).contains("/rollout/targets: is missing", "/rollout/kind: is odd");
            assertThat(ran.out()).isEmpty();
        }
    }

    @Test
    void endsWithThreeWhereAnotherRolloutDoesTheSameAlready() {
        // given
        server.on(
                OUTCOME, 200, List.of(Said.decision("Ignored", null, "rollout r0 carries out the same file already")));
        // when
        var ran = shell.given(FILE).run("start -f -");
        // then
        assertThat(ran.exit()).isEqualTo(3);
    }

    @Test
    void takesARepeatedCommandForTheOneThatItRepeats() {
        // given
        server.on(OUTCOME, 200, List.of(Said.decision("Ignored", null, "duplicate: command b-7 was taken before")));
        // when
        var ran = shell.given(FILE).run("start -f - --request-id b-7");
        // then
        assertThat(ran.exit()).isZero();
        assertThat(server.requests(COMMANDS).getFirst().json().path("id").asText())
                .isEqualTo("b-7");
    }

    @Test
    void asksAgainUntilTheCommandHasLedToSomething() {
        // given
        server.on(OUTCOME, 404, "{}").on(OUTCOME, 200, List.of(Said.decision("Paused", "prod", "paused by alice")));
        // when
        var ran = shell.run("pause shop/checkout");
        // then
        assertThat(ran.exit()).isZero();
        assertThat(server.requests(OUTCOME)).hasSize(2);
    }

    @Test
    void asksAgainWhileTheEngineIsAwayForAMoment() {
        // given
        server.on(OUTCOME, 503, "{}").on(OUTCOME, 200, List.of(Said.decision("Paused", "prod", "paused by alice")));
        // when
        var ran = shell.run("pause shop/checkout");
        // then
        assertThat(ran.exit()).as(ran.err()).isZero();
    }

    @Test
    void leavesWhoAsksToTheTokenWhereOneIsShown() {
        // given
        server.on(OUTCOME, 200, List.of(Said.decision("Paused", "prod", "paused by alice")));
        // when
        shell.with("SLUICE_TOKEN", "t1").run("pause shop/checkout");
        shell.run("pause shop/checkout");
        // then
        assertThat(server.requests(COMMANDS))
                .extracting(sent -> sent.json().has("actor"))
                .containsExactly(false, true);
    }

    @Test
    void endsWithOneAndNamesTheIdWhereNothingFollows() {
        // when
        var ran = shell.run("pause shop/checkout --request-id p-1 --answer-within 1ms");
        // then
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err()).contains("--request-id p-1");
    }

    @Test
    void approvesJustTheStepThatIsShown() {
        // given
        server.on(ROLLOUT, 200, Said.rollout("r1", Phase.AWAITING_APPROVAL, ReasonCode.APPROVAL_PENDING))
                .on(OUTCOME, 200, List.of(Said.decision("Approved", "prod", "approved by alice")));
        // when
        var ran = shell.run("approve shop/checkout --role sre --actor alice");
        // then
        assertThat(ran.exit()).isZero();
        assertThat(ran.err()).contains("AwaitingApproval", "step 2 of 4");
        var sent = server.requests(COMMANDS).getFirst().json();
        assertThat(sent.path("expect").toString()).isEqualTo("{\"rollout\":\"r1\",\"step\":2}");
        assertThat(sent.path("roles").toString()).isEqualTo("[\"sre\"]");
        assertThat(sent.path("actor").asText()).isEqualTo("alice");
    }

    @Test
    void namesNoStepWhereTargetsWaitAtDifferentOnes() {
        // given
        var one = Said.status("r1", "eu", Phase.AWAITING_APPROVAL, ReasonCode.APPROVAL_PENDING, 2);
        var other = Said.status("r1", "us", Phase.AWAITING_APPROVAL, ReasonCode.APPROVAL_PENDING, 3);
        server.on(ROLLOUT, 200, Said.rollout("r1", one, other))
                .on(OUTCOME, 200, List.of(Said.decision("Approved", "eu", "approved by alice")));
        // when
        shell.run("approve shop/checkout");
        // then
        assertThat(server.requests(COMMANDS).getFirst().json().path("expect").toString())
                .isEqualTo("{\"rollout\":\"r1\"}");
    }

    @Test
    void abortsWithoutAskingAnythingBefore() {
        // given
        server.on(OUTCOME, 200, List.of(Said.decision("RollbackBegan", "prod", "aborted by alice")));
        // when
        var ran = shell.run("abort shop/checkout --reason bad");
        // then
        assertThat(ran.exit()).isZero();
        assertThat(server.requests(ROLLOUT)).isEmpty();
        var sent = server.requests(COMMANDS).getFirst().json();
        assertThat(sent.has("expect")).isFalse();
        assertThat(sent.path("reason").asText()).isEqualTo("bad");
    }

    @Test
    void carriesTheFileWithRevisionContextAndTargets() {
        // given
        server.on(OUTCOME, 200, List.of(Said.decision("Started", null, "started")));
        // when
        shell.given("version: v1\napplication: shop/checkout\ncontext: {tag: 1.10}\n")
                .run("start -f - --revision 1.10 --context a=b --targets eu,us");
        // then
        var sent = server.requests(COMMANDS).getFirst().json();
        assertThat(sent.path("revision").asText()).isEqualTo("1.10");
        assertThat(sent.path("context").toString()).isEqualTo("{\"a\":\"b\"}");
        assertThat(sent.path("targets").toString()).isEqualTo("[\"eu\",\"us\"]");
        // as it was written: the engine fills it in as text
        assertThat(server.requests(COMMANDS).getFirst().body()).contains("\"tag\":1.10");
    }

    @Test
    void freezesEveryApplication() {
        // given
        server.on("GET /api/commands/*", 200, List.of(Said.decision("Frozen", null, "frozen by alice")));
        // when
        var ran = shell.run("freeze --label team=shop --until 2026-12-24T12:00:00Z");
        // then
        assertThat(ran.exit()).isZero();
        var sent = server.requests(COMMANDS).getFirst().json();
        assertThat(sent.path("application").asText()).isEqualTo("*");
        assertThat(sent.path("labels").toString()).isEqualTo("{\"team\":\"shop\"}");
        assertThat(sent.path("until").asText()).isEqualTo("2026-12-24T12:00:00Z");
    }
}
