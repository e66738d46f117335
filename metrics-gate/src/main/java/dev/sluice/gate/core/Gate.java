package dev.sluice.gate.core;

import dev.sluice.gate.core.Decision.Counted;
import dev.sluice.gate.core.Decision.Ignored;
import dev.sluice.gate.core.Decision.RebuildNeeded;
import dev.sluice.gate.core.GateEvent.AlertHeard;
import dev.sluice.gate.core.GateEvent.AnalysesChanged;
import dev.sluice.gate.core.GateEvent.AnalysesForgotten;
import dev.sluice.gate.core.GateEvent.Answered;
import dev.sluice.gate.core.GateEvent.CaughtUp;
import dev.sluice.gate.core.GateEvent.Complete;
import dev.sluice.gate.core.GateEvent.EventsRefused;
import dev.sluice.gate.core.GateEvent.Incomplete;
import dev.sluice.gate.core.GateEvent.MetricsArrived;
import dev.sluice.gate.core.GateEvent.PartitionAssigned;
import dev.sluice.gate.core.GateEvent.PartitionLost;
import dev.sluice.gate.core.GateEvent.SamplesArrived;
import dev.sluice.gate.core.GateEvent.TimeReached;
import dev.sluice.gate.core.GateEvent.VerdictKnown;
import dev.sluice.schemas.message.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * One instance's judgement: windows over the metric events of its partitions, the analyses open on them, and a verdict
 * for each run. Not thread-safe; one thread owns it.
 */
public final class Gate {
    private final Bounds bounds;
    private final Judging judging;
    private final ToIntFunction<TargetKey> partitionOf;
    private final Predicate<TargetKey> isRule;
    private final Budget budget;
    private final Map<TargetKey, TargetAnalyses> analyses = new HashMap<>();
    private final Map<Integer, PartitionState> owned = new HashMap<>();
    private long batches;

    /** Without alerts that freeze rollouts. */
    public Gate(Bounds bounds, Judging judging, ToIntFunction<TargetKey> partitionOf) {
        this(bounds, judging, partitionOf, key -> false);
    }

    /**
     * @param partitionOf the partition that a target's series belong to
     * @param isRule whether a target is a rule, whose alerts freeze rollouts
     */
    public Gate(Bounds bounds, Judging judging, ToIntFunction<TargetKey> partitionOf, Predicate<TargetKey> isRule) {
        this.bounds = bounds;
        this.judging = judging;
        this.partitionOf = partitionOf;
        this.isRule = isRule;
        this.budget = new Budget(bounds.cells());
    }

    public List<Decision> on(GateEvent event) {
        return switch (event) {
            case AnalysesChanged changed -> changed(changed);
            case AnalysesForgotten(var key) -> forgotten(key);
            case VerdictKnown known -> known(known);
            case PartitionAssigned assigned -> assigned(assigned);
            case CaughtUp(var partition) -> caughtUp(partition);
            case PartitionLost(var partition) -> lost(partition);
            case MetricsArrived arrived -> arrived(arrived);
            case SamplesArrived arrived -> arrived(arrived);
            case AlertHeard(var partition, var key, var alert) -> heard(partition, key, alert);
            case EventsRefused refused -> refused(refused);
            case Answered answered -> answered(answered);
            case TimeReached(var partition, var at) -> reached(partition, at);
            case Complete(var partition, var upTo) -> closed(partition, upTo, RunJudge::onComplete);
            case Incomplete(var partition, var upTo, var reason) ->
                closed(partition, upTo, (judge, run) -> Optional.of(judge.onIncomplete(run, reason)));
        };
    }

    /** The broker time at which {@link TimeReached} is due for a partition; empty where nothing waits for time. */
    public Optional<Instant> nextDue(int partition) {
        var state = owned.get(partition);
        return state == null || !state.isCaughtUp() || state.agenda().earliest() == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(state.agenda().earliest()));
    }

    /** The alerts of this partition's targets that fire; none before it is caught up. */
    public List<FiringAlert> firing(int partition) {
        var state = owned.get(partition);
        return state == null || !state.isCaughtUp() ? List.of() : state.firing();
    }

    /** Whether an alert is as this says: nothing was said later of it that says otherwise. */
    public boolean isBelieved(AlertHeard heard) {
        var windows = known(heard.partition(), heard.key());
        return windows == null || windows.alerts().isBelieved(heard.alert());
    }

    /** Whether none of a target's alerts fires; false before its partition is caught up, for what is read yet may say that one does. */
    public boolean isQuiet(TargetKey key) {
        var state = owned.get(partitionOf.applyAsInt(key));
        if (state == null || !state.isCaughtUp()) {
            return false;
        }
        var windows = state.knownWindows(key);
        return windows == null || !windows.alerts().isAnyFiring();
    }

    /** Null where this instance has nothing of it. */
    private TargetWindows known(int partition, TargetKey key) {
        var state = owned.get(partition);
        return state == null ? null : state.knownWindows(key);
    }

    /** The beginning of the earliest window that any analysis still judges; empty where none is open. */
    public Optional<Instant> earliestJudged() {
        return analyses.values().stream()
                .map(TargetAnalyses::earliestJudged)
                .min(Long::compare)
                .filter(millis -> millis != Long.MAX_VALUE)
                .map(Instant::ofEpochMilli);
    }

    private List<Decision> changed(AnalysesChanged changed) {
        var set = changed.set();
        var key = new TargetKey(set.application(), set.target());
        var target = analyses.computeIfAbsent(key, k -> new TargetAnalyses());
        if (!target.replace(set, judging, bounds)) {
            return List.of(new Ignored("a newer set of analyses is known"));
        }
        var state = owned.get(partitionOf.applyAsInt(key));
        if (state == null) {
            return List.of();
        }
        var windows = state.knownWindows(key);
        if (windows != null) {
            windows.judgedBy(target);
        }
        var lookedBackTo = target.unseenSince();
        // what the log has lost is not found by reading it once more
        var isForgotten = lookedBackTo < state.historySince(key) && state.historySince(key) > state.completeSince();
        if (target.unseenRunsSince() < state.fineSince() || isForgotten) {
            state.mustBeRebuilt();
            return List.of(new RebuildNeeded(partitionOf.applyAsInt(key), Instant.ofEpochMilli(lookedBackTo)));
        }
        return state.isCaughtUp() ? judge(state, List.of(state.windows(key))) : List.of();
    }

    private List<Decision> forgotten(TargetKey key) {
        analyses.remove(key);
        var state = owned.get(partitionOf.applyAsInt(key));
        var windows = state == null ? null : state.knownWindows(key);
        if (windows != null) {
            state.agenda().set(windows, Long.MAX_VALUE);
            state.awaits(windows, false);
            windows.judgedBy(null);
        }
        return List.of();
    }

    private List<Decision> known(VerdictKnown known) {
        var target = analyses.get(known.key());
        var open = target == null ? null : target.get(known.analysis());
        if (open == null) {
            return List.of(new Ignored("no such analysis is open"));
        }
        open.close(known.run());
        return List.of();
    }

    private List<Decision> assigned(PartitionAssigned assigned) {
        var partition = assigned.partition();
        lost(partition);
        owned.put(
                partition,
                new PartitionState(
                        partition,
                        bounds,
                        budget,
                        analyses::get,
                        isRule,
                        assigned.completeSince(),
                        assigned.readSince()));
        analyses.forEach((key, target) -> {
            if (partitionOf.applyAsInt(key) == partition) {
                target.all().forEach(OpenAnalysis::restart);
                target.refusals().clear();
            }
        });
        return List.of();
    }

    private List<Decision> lost(int partition) {
        var state = owned.remove(partition);
        if (state != null) {
            state.release();
        }
        return List.of();
    }

    private List<Decision> caughtUp(int partition) {
        var state = owned.get(partition);
        if (state == null || state.isCaughtUp()) {
            return List.of();
        }
        state.caughtUp();
        return judge(
                state,
                analyses.keySet().stream()
                        .filter(key -> partitionOf.applyAsInt(key) == partition)
                        .map(state::windows)
                        .toList());
    }

    private List<Decision> arrived(MetricsArrived arrived) {
        var decisions = new ArrayList<>(arrived(new SamplesArrived(
                arrived.partition(),
                arrived.arrivals().stream()
                        .filter(arrival -> arrival.alert() == null)
                        .map(Arrival::sample)
                        .toList(),
                arrived.newest())));
        arrived.arrivals().stream()
                .filter(arrival -> arrival.alert() != null)
                .forEach(arrival -> decisions.addAll(heard(arrived.partition(), arrival.target(), arrival.alert())));
        return decisions;
    }

    private List<Decision> heard(int partition, TargetKey key, Alert alert) {
        var state = owned.get(partition);
        if (state == null) {
            return List.of(new Ignored("partition " + partition + " is not owned"));
        }
        var windows = state.windows(key);
        var isNews = windows.alerts().take(alert, windows.analyses() != null);
        return isNews && state.isCaughtUp() && windows.isJudgedByEvents() ? judge(state, List.of(windows)) : List.of();
    }

    private List<Decision> arrived(SamplesArrived arrived) {
        var state = owned.get(arrived.partition());
        if (state == null) {
            return List.of(new Ignored("partition " + arrived.partition() + " is not owned"));
        }
        state.advance(arrived.newest());
        var touched = new ArrayList<TargetWindows>();
        var intake = new Intake(state, ++batches);
        arrived.samples().forEach(sample -> intake.take(sample, touched));
        state.tidyAfter(arrived.samples().size(), arrived.newest());
        var decisions = new ArrayList<Decision>();
        decisions.add(new Counted(intake.tally()));
        if (state.isCaughtUp()) {
            decisions.addAll(judge(state, touched));
            decisions.addAll(due(state));
        }
        return decisions;
    }

    private List<Decision> refused(EventsRefused refused) {
        var target = analyses.get(refused.key());
        if (target == null) {
            return List.of(new Ignored("nothing of this target is judged"));
        }
        target.refusals()
                .add(refused.count(), refused.reason(), refused.newest().toEpochMilli());
        return List.of();
    }

    private List<Decision> reached(int partition, Instant at) {
        var state = owned.get(partition);
        if (state == null || !state.isCaughtUp()) {
            return List.of();
        }
        state.advance(at);
        state.tidy();
        return due(state);
    }

    private List<Decision> due(PartitionState state) {
        var due = new ArrayList<TargetWindows>();
        for (var target = state.agenda().poll(state.clock());
                target != null;
                target = state.agenda().poll(state.clock())) {
            due.add(target);
        }
        return judge(state, due);
    }

    private List<Decision> closed(int partition, Instant upTo, BiFunction<RunJudge, Run, Optional<Verdict>> judge) {
        var state = owned.get(partition);
        if (state == null || !state.isCaughtUp()) {
            return List.of();
        }
        return eachRound(state, state.awaiting(), round -> round.close(upTo, judge));
    }

    private List<Decision> answered(Answered answered) {
        var state = owned.get(answered.partition());
        var target = analyses.get(answered.key());
        var open = target == null ? null : target.get(answered.analysis());
        var run = open == null || state == null || !state.isCaughtUp() ? null : open.find(answered.run());
        if (run == null) {
            return List.of(new Ignored("nobody waits for this answer any more"));
        }
        run.answered(answered.query(), answered.answer(), answered.asked());
        return eachRound(state, List.of(state.windows(answered.key())), round -> round.answered(open, run));
    }

    private List<Decision> judge(PartitionState state, Collection<TargetWindows> targets) {
        return eachRound(state, targets, Round::judge);
    }

    private List<Decision> eachRound(PartitionState state, Collection<TargetWindows> targets, Consumer<Round> step) {
        var decisions = new ArrayList<Decision>();
        for (var target : targets) {
            if (target.analyses() != null) {
                step.accept(new Round(state, target, bounds, decisions));
            }
        }
        return decisions;
    }
}
