package dev.sluice.engine.core.told;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.Replay;
import dev.sluice.engine.core.state.RouteRow;
import dev.sluice.engine.core.state.RouteRun;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.wire.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the world is told of decisions: orders first, for they are what somebody waits for; then analyses, status and
 * audit.
 */
public final class Publications {
    private final List<Publication> orders = new ArrayList<>();
    private final List<Publication> checks = new ArrayList<>();
    private final List<Publication> standing = new ArrayList<>();
    private final List<Publication> audit = new ArrayList<>();

    private Publications() {}

    public static List<Publication> of(State before, Event event, List<Decision> decisions) {
        var told = new Publications();
        var state = before;
        var begun = before;
        for (var decision : decisions) {
            if (decision instanceof Decision.Started && state.rollout() != null) {
                // what was to be told of the one before would be lost behind the new one
                told.standing(begun, state, event);
                begun = state;
            }
            var next = Replay.apply(state, decision);
            told.orders(next, decision);
            told.checks(next, decision);
            told.observations(next, decision);
            if (decision.stored()) {
                var entry = AuditView.of(state, next, event, decision);
                told.audit.add(new Publication.Message(Topic.AUDIT, entry, entry.id()));
            }
            state = next;
        }
        told.standing(begun, state, event);
        if (decisions.stream().anyMatch(Decision.Deleted.class::isInstance)) {
            told.standing.addAll(tombstones(before));
        }
        return Stream.of(told.orders, told.checks, told.standing, told.audit)
                .flatMap(List::stream)
                .toList();
    }

    /** Where targets stand after decisions about one rollout. */
    private void standing(State before, State after, Event event) {
        standing.addAll(answeredChecks(before, after));
        standing.addAll(analyses(before, after));
        standing.addAll(statuses(before, after, event));
    }

    private void orders(State state, Decision decision) {
        if (decision instanceof Decision.Ordered || decision instanceof Decision.OrderRepeated) {
            var run = state.rollout().target(decision.target()).orElseThrow();
            for (var route : run.traffic().routes()) {
                var order = OrderView.of(state, run, route);
                var id = order.route() + "/" + order.generation() + "." + order.sequence();
                orders.add(new Publication.Message(Topic.WEIGHTS, order, id));
            }
        }
    }

    /** One that is over leaves nothing behind for whoever reads the topic from its beginning. */
    private void observations(State state, Decision decision) {
        var isAsked = decision instanceof Decision.ObservationBegan || decision instanceof Decision.ObservationRepeated;
        if (isAsked || decision instanceof Decision.ObservationEnded) {
            var run = state.rollout().target(decision.target()).orElseThrow();
            for (var route : run.traffic().routes()) {
                orders.add(
                        isAsked
                                ? observation(state, run, route)
                                : new Publication.Tombstone(
                                        Topic.WEIGHTS, Keys.observed(state.application(), route.identity())));
            }
        }
    }

    private static Publication observation(State state, TargetRun run, RouteRun route) {
        var order = OrderView.observing(state, run, route);
        var key = Keys.observed(order.application(), order.route());
        return new Publication.Message(Topic.WEIGHTS, order, key + "/" + order.generation());
    }

    private void checks(State state, Decision decision) {
        if (decision instanceof Decision.Began || decision instanceof Decision.CheckRepeated) {
            var run = state.rollout().target(decision.target()).orElseThrow();
            if (run.preflight() == null) {
                return;
            }
            var inquiry = Inquiry.of(state, run);
            for (var route : run.traffic().routes()) {
                var order = inquiry.check(run.plan(), route, run.traffic().generation());
                var id = Keys.check(order.route()) + "/" + order.generation() + "/"
                        + order.deadline().toEpochMilli();
                checks.add(new Publication.Message(Topic.WEIGHTS, order, id));
            }
        }
    }

    /** Whoever reads the topic from its beginning finds no check that nobody waits for. */
    private static List<Publication> answeredChecks(State before, State after) {
        var gone = new ArrayList<Publication>();
        if (before.rollout() == null) {
            return gone;
        }
        for (var run : before.rollout().targets()) {
            if (run.preflight() != null && !isChecked(after, before.rollout().id(), run.name())) {
                run.traffic()
                        .routes()
                        .forEach(route ->
                                gone.add(new Publication.Tombstone(Topic.WEIGHTS, Keys.check(route.identity()))));
            }
        }
        return gone;
    }

    private static boolean isChecked(State state, String rollout, String target) {
        return state.rollout() != null
                && state.rollout().id().equals(rollout)
                && state.rollout()
                        .target(target)
                        .filter(run -> run.preflight() != null)
                        .isPresent();
    }

    private static List<Publication> analyses(State before, State after) {
        var sets = new ArrayList<Publication>();
        if (after.rollout() == null) {
            return sets;
        }
        for (var run : after.rollout().targets()) {
            if (run.judging().revision() != revision(before, after.rollout().id(), run.name())) {
                var set = analysisSet(after, run);
                var id = set.application() + "/" + set.target() + "/" + set.generation() + "." + set.revision();
                sets.add(new Publication.Message(Topic.ANALYSES, set, id));
            }
        }
        return sets;
    }

    private static long revision(State state, String rollout, String target) {
        return state.rollout() == null || !state.rollout().id().equals(rollout)
                ? 0
                : state.rollout()
                        .target(target)
                        .map(run -> run.judging().revision())
                        .orElse(0L);
    }

    private static AnalysisSet analysisSet(State state, TargetRun run) {
        var rollout = state.rollout();
        var variants = new AnalysisSet.Variants(state.stableRevisions().get(run.name()), rollout.revision());
        var open = run.judging()
                .open()
                .map(analysis -> new AnalysisSet.Analysis(
                        analysis.id(),
                        analysis.name(),
                        analysis.from(),
                        analysis.spec().interval(),
                        analysis.spec().runs(),
                        analysis.spec().lookbackMethod(),
                        analysis.spec().maxWait(),
                        analysis.spec().score(),
                        analysis.spec().settling(run.plan().settle()).queries()))
                .toList();
        return new AnalysisSet(
                rollout.id(),
                state.application(),
                run.name(),
                run.traffic().generation(),
                run.judging().revision(),
                rollout.startedAt(),
                QueryVariables.of(state, run, variants),
                variants,
                run.judging().moved(),
                open);
    }

    private static List<Publication> statuses(State before, State after, Event event) {
        var statuses = new ArrayList<Publication>();
        if (after.rollout() == null) {
            return statuses;
        }
        for (var run : after.rollout().targets()) {
            var version = after.versions().get(run.name());
            if (!Objects.equals(version, before.versions().get(run.name()))) {
                var status = StatusView.of(after, run, event.at());
                var id = status.application() + "/" + status.target() + "/" + version;
                statuses.add(new Publication.Message(Topic.STATUS, status, id));
            }
        }
        return statuses;
    }

    private static List<Publication> tombstones(State before) {
        var gone = new ArrayList<Publication>();
        for (var target : before.versions().keySet().stream().sorted().toList()) {
            var key = before.application() + "/" + target;
            gone.add(new Publication.Tombstone(Topic.ANALYSES, key));
            gone.add(new Publication.Tombstone(Topic.STATUS, key));
        }
        before.routes().values().stream()
                .filter(row -> before.application().equals(row.application()))
                .map(RouteRow::identity)
                .sorted()
                .forEach(route -> gone.add(new Publication.Tombstone(Topic.WEIGHTS, route)));
        return gone;
    }
}
