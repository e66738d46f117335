package dev.sluice.engine.core;

import dev.sluice.engine.core.WebhookAnswer.Outcome;
import dev.sluice.engine.core.state.AnalysisRun;
import dev.sluice.engine.core.state.Condition;
import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.Word;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.rollout.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** A world in which everything goes well: whatever a target waits for comes, one thing at a time. */
final class Obliging {
    private Obliging() {}

    static void move(Scenario it) {
        var run = it.target("prod");
        switch (run.stage().awaits()) {
            case REPORTS -> it.applied();
            case CONDITIONS ->
                ((Gate) run.stage())
                        .conditions().stream()
                                .filter(condition -> !condition.isMet(it.now))
                                .min(Comparator.comparingInt(Condition::rank))
                                .ifPresent(condition -> meet(it, condition));
            case TARGETS, LEAVE_TO_RAISE, FINALIZE, ANOTHER_TOOL, NOTHING ->
                throw new IllegalStateException("nothing here makes up for " + run.stage());
        }
    }

    private static void meet(Scenario it, Condition condition) {
        switch (condition) {
            case Condition.Time time -> pass(it, time.until());
            case Word.Approval open ->
                it.say(CommandType.APPROVE, "bob", open.asks().requiresRoles(), "prod", null, false);
            case Word.Judgement open -> it.say(CommandType.APPROVE, "bob", List.of(), "prod", null, false);
            case Condition.Analysis open -> pass(it, open.id());
            case Condition.FirstVerdict open -> pass(it, open.id());
            case Condition.Webhook webhook -> {
                switch (webhook.progress()) {
                    case CALLING ->
                        it.tell(new Event.WebhookAnswered(
                                new WebhookAnswer(webhook.call(), Outcome.ANSWERED, 200, "answered 200", List.of()),
                                it.now));
                    case CALLED -> it.tell(new Event.WebhookCalledBack(webhook.call(), true, null, List.of(), it.now));
                    case RETRYING, DONE -> throw new IllegalStateException("it went well: " + webhook);
                }
            }
        }
    }

    /** Whoever looks on beside the steps finds nothing meanwhile. */
    private static void pass(Scenario it, Instant until) {
        var beside = it.target("prod").judging().background();
        if (beside == null || !beside.endOf(beside.nextRun()).isBefore(until)) {
            it.later(Duration.between(it.now, until));
        } else {
            pass(it, beside.id());
        }
    }

    private static void pass(Scenario it, String analysis) {
        var run = it.target("prod").judging().find(analysis).orElseThrow();
        it.now = run.endOf(run.nextRun());
        it.tell(new Event.VerdictReceived(it.now, passed(it, run)));
    }

    private static Verdict passed(Scenario it, AnalysisRun run) {
        var results = run.spec().queries().stream()
                .map(Query::name)
                .map(name -> new Verdict.QueryResult(
                        name, Verdict.Outcome.PASS, 0.0, 0.0, new Verdict.Samples(1000, 9000), "limit", "fine", false))
                .toList();
        return new Verdict(
                run.id() + "/" + run.nextRun(),
                "r",
                "shop/checkout",
                "prod",
                run.id(),
                run.nextRun(),
                Verdict.Outcome.PASS,
                null,
                results,
                it.now);
    }
}
