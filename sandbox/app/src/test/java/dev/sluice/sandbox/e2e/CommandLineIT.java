package dev.sluice.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.wire.Json;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The command line on the running system: its exit code says what became of a rollout. */
class CommandLineIT {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @Test
    void aPromotedReleaseEndsWithZero() throws Exception {
        promotes("cli-promoted", CommandLine::byHttp);
    }

    @Test
    void soItDoesByKafkaAlone() throws Exception {
        promotes("cli-promoted-by-kafka", CommandLine::byKafka);
    }

    private static void promotes(String name, Function<String, CommandLine> way) throws Exception {
        try (var trial = new Trial(name)) {
            // given
            var sluice = way.apply(trial.application());
            healthy(trial);
            // when
            var start = sluice.beside("start -f - --revision 1.1.0 --request-id first --wait");
            trial.awaitPhase("first", Phase.AWAITING_APPROVAL);
            var approval = sluice.run("approve APP");
            // then
            assertThat(approval.exit()).as(approval.err()).isZero();
            assertThat(approval.err()).contains("AwaitingApproval  step 2");
            var ran = ended(start);
            assertThat(ran.exit()).as(ran.err()).isZero();
            assertThat(ran.out()).startsWith("prod: Promoted");
            assertThat(sluice.run("list").out()).contains(trial.application());
            assertThat(sluice.run("audit APP").out()).contains("approved by");
        }
    }

    @Test
    void anAbortedReleaseEndsWithFiveAndWhatIsInItsWayWithThree() throws Exception {
        aborts("cli-aborted", CommandLine::byHttp);
    }

    @Test
    void soItDoesByKafkaAloneWhereItIsAborted() throws Exception {
        aborts("cli-aborted-by-kafka", CommandLine::byKafka);
    }

    private static void aborts(String name, Function<String, CommandLine> way) throws Exception {
        try (var trial = new Trial(name)) {
            // given
            var sluice = way.apply(trial.application());
            healthy(trial);
            var start = sluice.beside("start -f - --revision 1.1.0 --request-id first --wait");
            trial.awaitPhase("first", Phase.AWAITING_APPROVAL);
            // when
            var again = sluice.run("start -f - --revision 1.1.0 --request-id first --wait --no-wait-approval");
            var another = sluice.run("start -f - --revision 1.1.1");
            var late = sluice.run("approve APP --rollout first --step 1");
            var abort = sluice.run("abort APP");
            // then
            assertThat(again.exit()).as(again.err()).isEqualTo(7);
            assertThat(another.exit()).as(another.err()).isEqualTo(3);
            assertThat(late.exit()).as(late.err()).isEqualTo(3);
            assertThat(abort.exit()).as(abort.err()).isZero();
            var ran = ended(start);
            assertThat(ran.exit()).as(ran.err()).isEqualTo(5);
        }
    }

    @Test
    void aFaultyReleaseEndsWithFour() throws Exception {
        isTakenBack("cli-faulty", CommandLine::byHttp);
    }

    private static void isTakenBack(String name, Function<String, CommandLine> way) throws Exception {
        try (var trial = new Trial(name)) {
            // given
            var sluice = way.apply(trial.application());
            healthy(trial);
            var start = sluice.beside("start -f - --revision 1.1.0 --request-id first --wait");
            trial.awaitPhase("first", Phase.AWAITING_APPROVAL);
            // when
            trial.traffic().of("canary", 0.05);
            // then
            var ran = ended(start);
            assertThat(ran.exit()).as(ran.err()).isEqualTo(4);
            assertThat(ran.out()).contains("RolledBack", "limit 1 %");
            isFoundAgain(CommandLine.byKafka(trial.application()));
        }
    }

    /** The same file finds in the log what it found, and no later. */
    private static void isFoundAgain(CommandLine sluice) throws Exception {
        var replay = sluice.run("replay -f - --rollouts first -o json");
        assertThat(replay.exit()).as(replay.out() + replay.err()).isZero();
        var target = Json.mapper().readTree(replay.out()).at("/targets/0");
        assertThat(target.at("/then/ending").asText()).isEqualTo("RolledBack");
        assertThat(target.at("/then/firstFailure/query").asText())
                .isEqualTo(target.at("/now/query").asText());
        assertThat(target.at("/now/ending").asText()).isEqualTo("RolledBack");
        assertThat(Duration.parse(target.at("/now/after").asText()))
                .isLessThanOrEqualTo(
                        Duration.parse(target.at("/then/after").asText()).plusSeconds(1));
    }

    @Test
    void aFileThatIsNotValidEndsWithTwo() {
        // given
        var sluice = CommandLine.byHttp("e2e/cli-invalid");
        // when
        var ran = sluice.run("start -f - --targets nowhere --wait");
        var plan = sluice.run("plan -f - --targets nowhere");
        // then
        assertThat(ran.exit()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err()).contains("nowhere");
        assertThat(plan.exit()).as(plan.err()).isEqualTo(2);
    }

    private static void healthy(Trial trial) {
        trial.traffic().of("stable", 0);
        trial.traffic().of("canary", 0);
        trial.traffic().release("1.1.0");
    }

    private static CommandLine.Ran ended(CompletableFuture<CommandLine.Ran> start) throws Exception {
        return start.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
