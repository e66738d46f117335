package dev.sluice.engine.core.rule.command;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.rule.Draft;
import dev.sluice.engine.core.rule.Judgements;
import dev.sluice.engine.core.rule.step.Analyses;
import dev.sluice.engine.core.rule.step.Approvals;
import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Why;
import dev.sluice.engine.core.state.Word;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.ReasonCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code approve}: answers what people are waited for, approvals and manual judgements, as far as it may. */
final class Approve {
    private Approve() {}

    /** An approval counts as of when it was sent, not read (B38). */
    static void take(Draft d, Command command, Instant appendedAt) {
        var fitting = Commands.chosen(d, command, Approve::isAwaited);
        if (fitting.isEmpty()) {
            Commands.reject(d, command.target(), notAwaited(d, command, appendedAt), List.of());
        }
        fitting.forEach(run -> approve(d, command, appendedAt, run));
    }

    /** Whether a person's word is waited for. */
    static boolean isAwaited(TargetRun run) {
        return Judgements.beside(run).isPresent() || !open(run).isEmpty();
    }

    /** The numbers of those conditions that wait for somebody's word. */
    private static List<Integer> open(TargetRun run) {
        var numbers = new ArrayList<Integer>();
        if (run.stage() instanceof Gate gate) {
            for (int i = 0; i < gate.conditions().size(); i++) {
                if (gate.conditions().get(i) instanceof Word open && !open.isOver()) {
                    numbers.add(i);
                }
            }
        }
        return numbers;
    }

    private static void approve(Draft d, Command command, Instant appendedAt, TargetRun run) {
        var refusals = new ArrayList<String>();
        var answered = new ArrayList<Integer>();
        for (var number : open(run)) {
            var open = (Word) ((Gate) run.stage()).conditions().get(number);
            refusal(d, open, command, appendedAt).ifPresentOrElse(refusals::add, () -> answered.add(number));
        }
        var beside = Judgements.beside(run);
        var besideRefused = beside.flatMap(judgement -> early(judgement, appendedAt));
        besideRefused.ifPresent(refusals::add);
        var isBesideAnswered = beside.isPresent() && besideRefused.isEmpty();
        if (answered.isEmpty() && !isBesideAnswered) {
            Commands.reject(d, run.name(), String.join("; ", refusals), List.of());
        }
        if (!answered.isEmpty()) {
            d.decide(new Decision.Approved(run.name(), why(command, run, answered), d.at(), command.actor(), answered));
        }
        if (isBesideAnswered) {
            var what = "what analysis " + beside.get().name() + " came to approved";
            var why = Commands.asked(command, d.run(run.name()).stage().code(), what);
            goOn(d, run, why, command);
        }
    }

    /** A person has judged; the steps still to come are watched anew. */
    static void goOn(Draft d, TargetRun run, Why why, Command command) {
        d.decide(new Decision.JudgementGiven(run.name(), why, d.at(), command.actor()));
        if (run.hasStepAfter(run.stage().step())) {
            Analyses.openBackground(d, run.name());
        }
    }

    private static Optional<String> refusal(Draft d, Word word, Command command, Instant appendedAt) {
        return switch (word) {
            case Word.Approval open
            when open.until() != null && !appendedAt.isBefore(open.until()) ->
                Optional.of("the approval was open until " + open.until() + ", and this one was sent at " + appendedAt);
            case Word.Approval open -> Approvals.refusal(d, open, command);
            case Word.Judgement open -> early(open, appendedAt);
        };
    }

    /** Who approved before the analysis was over has not seen what it came to. */
    private static Optional<String> early(Word.Judgement open, Instant appendedAt) {
        return appendedAt.isBefore(open.since())
                ? Optional.of("analysis " + open.name() + " was over at " + open.since()
                        + ", and this approval was sent before, at " + appendedAt)
                : Optional.empty();
    }

    private static Why why(Command command, TargetRun run, List<Integer> answered) {
        var hold = run.position().hold();
        var but = hold == null ? "" : ", and still " + hold.words() + " ('resume' lifts that)";
        var after = ((Gate) run.stage()).approved(answered, command.actor());
        var count = answered.stream()
                .map(number -> after.conditions().get(number))
                .filter(condition ->
                        condition instanceof Word.Approval open && open.asks().minApprovals() > 1)
                .map(condition -> " (" + Approvals.given((Word.Approval) condition) + ")")
                .findFirst()
                .orElse("");
        return Commands.asked(command, after.code(), "approved" + count + but);
    }

    /** A rollback for want of an approval that was in time, and read too late to stop it, says so. */
    private static String notAwaited(Draft d, Command command, Instant appendedAt) {
        var expired = Commands.chosen(
                d,
                command,
                run -> run.position().cause() != null && run.position().cause().code() == ReasonCode.APPROVAL_EXPIRED);
        var words = "no approval is waited for: " + Commands.now(d);
        return expired.isEmpty()
                ? words
                : words + "; " + expired.getFirst().position().cause().words()
                        + " was read so far, and this one, sent at " + appendedAt
                        + ", was read after the way back had begun: start the revision again";
    }
}
