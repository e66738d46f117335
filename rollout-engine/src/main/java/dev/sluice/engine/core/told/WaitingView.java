package dev.sluice.engine.core.told;

import dev.sluice.engine.core.rule.Handbacks;
import dev.sluice.engine.core.rule.Judgements;
import dev.sluice.engine.core.state.Condition;
import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.Holding;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Word;
import dev.sluice.schemas.message.Status.Approvals;
import dev.sluice.schemas.message.Status.WaitingFor;
import dev.sluice.schemas.message.WeightReport.Outcome;
import java.time.Instant;
import java.util.List;

/** Who or what a target waits for: a rollout that is not over always names it. */
public final class WaitingView {
    private WaitingView() {}

    /** Null once the target is over. */
    public static WaitingFor of(Rollout rollout, TargetRun run) {
        if (run.position().hold() != null) {
            return new WaitingFor("person", "resume", List.of(), null);
        }
        var judgement = Judgements.beside(run);
        if (judgement.isPresent()) {
            return waiting("approval", judgement.get().name(), null);
        }
        return switch (run.stage().awaits()) {
            case TARGETS -> waiting("target", dependencies(rollout, run), null);
            case REPORTS -> run.traffic().isApplied() ? check(run) : order(run);
            case CONDITIONS -> condition(rollout, run, ((Gate) run.stage()).foremost());
            case LEAVE_TO_RAISE -> leave(rollout, run, (Holding) run.stage());
            case FINALIZE ->
                Handbacks.workload(rollout, run)
                        .map(name -> waiting("workload", name, null))
                        .orElseGet(() -> waiting("command", "finalize", null));
            case ANOTHER_TOOL -> anotherTool(run);
            case NOTHING -> null;
        };
    }

    private static WaitingFor anotherTool(TargetRun run) {
        return run.judging().steps().stream()
                .findFirst()
                .map(open -> analysis(run, open.id()))
                .orElseGet(() -> waiting("command", "promote", run.watched().until()));
    }

    private static WaitingFor condition(Rollout rollout, TargetRun run, Condition condition) {
        return switch (condition) {
            case Condition.Time time -> waiting("time", null, time.until());
            case Word.Approval open ->
                new WaitingFor(
                        "approval",
                        null,
                        open.asks().requiresRoles(),
                        open.until(),
                        new Approvals(
                                open.by(),
                                open.asks().minApprovals(),
                                open.asks().notByStarter() ? rollout.actor() : null));
            case Word.Judgement open -> waiting("approval", open.name(), null);
            case Condition.Analysis open -> analysis(run, open.id());
            case Condition.Webhook open -> waiting("webhook", open.asks().name(), open.until());
            case Condition.FirstVerdict open -> analysis(run, open.id());
        };
    }

    private static WaitingFor leave(Rollout rollout, TargetRun run, Holding stage) {
        return switch (stage.cause()) {
            // goes on by itself as well, once requests and weight agree
            case SHARE -> new WaitingFor("person", "resume", List.of(), null);
            case WINDOW -> waiting("window", null, stage.until());
            case FREEZE -> waiting("freeze", stage.by(), stage.until());
            case JUDGEMENT -> waiting("approval", null, null);
            case LOCKSTEP -> waiting("target", companions(rollout, run), null);
        };
    }

    private static WaitingFor order(TargetRun run) {
        var order = run.traffic().order();
        var until = run.position().degraded() ? null : order.deadline();
        return run.traffic().routes().stream()
                .filter(route -> route.answer() == Outcome.WAITING)
                .findFirst()
                .map(route -> waiting("endpoints", route.identity(), until))
                .orElseGet(() -> waiting("report", run.plan().cluster(), until));
    }

    /** The beginning is carried out; what stands in the way, or who has not said whether anything does. */
    private static WaitingFor check(TargetRun run) {
        return waiting("check", run.plan().cluster(), run.checkDue());
    }

    private static WaitingFor analysis(TargetRun run, String id) {
        return run.judging()
                .find(id)
                .map(open -> waiting(
                        "analysis",
                        open.name(),
                        open.from().plus(open.spec().interval().multipliedBy(open.nextRun()))))
                .orElseGet(() -> waiting("analysis", null, null));
    }

    private static String dependencies(Rollout rollout, TargetRun run) {
        return String.join(
                ", ",
                rollout.dependencies(run).stream()
                        .filter(name ->
                                !rollout.target(name).orElseThrow().position().isPromoted())
                        .toList());
    }

    private static String companions(Rollout rollout, TargetRun run) {
        return String.join(
                ", ",
                rollout.terms().companions(run.name()).stream()
                        .filter(name -> !name.equals(run.name()))
                        .toList());
    }

    private static WaitingFor waiting(String kind, String name, Instant until) {
        return new WaitingFor(kind, name, List.of(), until);
    }
}
