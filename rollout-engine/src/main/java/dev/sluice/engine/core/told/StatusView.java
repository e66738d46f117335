package dev.sluice.engine.core.told;

import dev.sluice.engine.core.state.AnalysisRun;
import dev.sluice.engine.core.state.Condition;
import dev.sluice.engine.core.state.Gate;
import dev.sluice.engine.core.state.Rollout;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.WakeUp;
import dev.sluice.engine.core.state.WakeUps;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.Status.AnalysisStatus;
import dev.sluice.schemas.message.Status.QueryStatus;
import dev.sluice.schemas.message.Status.RouteStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A target as dashboards see it. */
public final class StatusView {
    private StatusView() {}

    public static Status of(State state, TargetRun run, Instant at) {
        var rollout = state.rollout();
        var traffic = run.traffic();
        var position = run.position();
        var ended = run.stage() instanceof Stage.Ended end ? end.at() : null;
        return new Status(
                rollout.id(),
                state.application(),
                run.name(),
                run.plan().cluster(),
                rollout.revision(),
                state.stableRevisions().get(run.name()),
                position.phase(),
                run.position().step(),
                run.plan().steps().size(),
                run.step() == null ? null : run.step().kind(),
                new Status.Weights(
                        traffic.isAdopted() || rollout.isObserving() ? traffic.applied() : traffic.weight(),
                        traffic.applied(),
                        run.judging().shares().observed()),
                routes(run),
                active(run),
                traffic.generation(),
                traffic.sequence(),
                state.versions().getOrDefault(run.name(), 0L),
                WaitingView.of(rollout, run),
                analysis(run),
                new Status.Drift(traffic.driftCount(), traffic.driftActor()),
                position.degraded(),
                state.queued() == null ? null : state.queued().id(),
                rollout.origin().retryOf(),
                rollout.origin().undoOf(),
                position.why().code(),
                position.why().words(),
                position.actor(),
                rollout.startedAt(),
                position.since(),
                nextAt(run),
                at,
                ended,
                links(run),
                traffic.desired().match(),
                traffic.desired().mirror(),
                labels(rollout),
                rollout.origin().traceId(),
                run.watched() == null ? null : run.watched().told());
    }

    /** In an order of their own, so that the same status is always the same text. */
    private static Map<String, String> labels(Rollout rollout) {
        var labels = rollout.terms().labels();
        return labels.isEmpty() ? null : new TreeMap<>(labels);
    }

    private static List<Status.Link> links(TargetRun run) {
        if (!(run.stage() instanceof Gate gate)) {
            return null;
        }
        var links = gate.conditions().stream()
                .filter(Condition.Webhook.class::isInstance)
                .flatMap(condition -> ((Condition.Webhook) condition).links().stream())
                .map(link -> new Status.Link(link.name(), link.url()))
                .toList();
        return links.isEmpty() ? null : links;
    }

    private static List<RouteStatus> routes(TargetRun run) {
        return run.traffic().routes().stream()
                .map(route -> new RouteStatus(
                        route.identity(),
                        run.watched() == null ? run.traffic().weight() : orZero(route.applied()),
                        orZero(route.applied()),
                        route.inForce(),
                        route.endpoints(),
                        route.heardAt()))
                .toList();
    }

    /** A promotion by swap makes the canary the active backend. */
    private static String active(TargetRun run) {
        var isSwapped = run.position().isPromoted()
                && switch (run.plan().onPromoted()) {
                    case SWAP -> true;
                    case HANDBACK, SELECTOR -> false;
                };
        return run.traffic().routes().stream()
                .findFirst()
                .map(route -> isSwapped ? route.canary() : route.active())
                .orElse(null);
    }

    private static Weight orZero(Weight applied) {
        return applied == null ? Weight.ZERO : applied;
    }

    private static Instant nextAt(TargetRun run) {
        return WakeUps.of(run).stream()
                .filter(wakeUp -> !wakeUp.isLook())
                .map(WakeUp::at)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private static AnalysisStatus analysis(TargetRun run) {
        return run.judging().steps().stream()
                .findFirst()
                .or(() -> Optional.ofNullable(run.judging().background()))
                .or(() -> Optional.ofNullable(run.judging().measuring()))
                .map(open -> new AnalysisStatus(
                        open.name(), open.lastRun(), open.spec().runs(), open.lastOutcome(), queries(open)))
                .orElse(null);
    }

    private static List<QueryStatus> queries(AnalysisRun open) {
        return open.lastQueries().stream()
                .map(query -> new QueryStatus(
                        query.name(),
                        query.outcome(),
                        query.canary(),
                        query.stable(),
                        query.limit(),
                        query.asked(),
                        query.detectable()))
                .toList();
    }
}
