package dev.sluice.engine.core.told;

import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.message.Status.WaitingFor;
import dev.sluice.schemas.message.WeightReport.Outcome;
import dev.sluice.schemas.rollout.Step;
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
        return switch (run.stage()) {
            case Stage.Pending stage -> waiting("target", dependencies(rollout, run), null);
            case Stage.Beginning stage -> run.traffic().isApplied() ? check(run) : order(run);
            case Stage.Moving stage -> order(run);
            case Stage.Completing stage -> order(run);
            case Stage.Selecting stage -> order(run);
            case Stage.HandingBack stage -> order(run);
            case Stage.RollingBack stage -> order(run);
            case Stage.Pausing stage -> waiting("time", null, stage.until());
            case Stage.Approving stage ->
                new WaitingFor("approval", null, ((Step.Approval) run.step()).requiresRoles(), stage.until());
            case Stage.Analyzing stage -> analysis(run);
            // goes on by itself as well, once requests and weight agree
            case Stage.Holding stage -> new WaitingFor("person", "resume", List.of(), null);
            case Stage.AwaitingFinalize stage -> waiting("command", "finalize", null);
            case Stage.Ended stage -> null;
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

    private static WaitingFor analysis(TargetRun run) {
        var open = run.judging().step() == null
                ? run.judging().background()
                : run.judging().step();
        return open == null
                ? waiting("analysis", null, null)
                : waiting(
                        "analysis",
                        open.name(),
                        open.from().plus(open.spec().interval().multipliedBy(open.nextRun())));
    }

    private static String dependencies(Rollout rollout, TargetRun run) {
        return String.join(
                ", ",
                run.plan().dependsOn().stream()
                        .filter(name ->
                                !rollout.target(name).orElseThrow().position().isPromoted())
                        .toList());
    }

    private static WaitingFor waiting(String kind, String name, Instant until) {
        return new WaitingFor(kind, name, List.of(), until);
    }
}
