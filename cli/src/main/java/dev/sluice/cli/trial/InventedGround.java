package dev.sluice.cli.trial;

import dev.sluice.cli.Exit;
import dev.sluice.cli.Stop;
import dev.sluice.gate.core.Decision;
import dev.sluice.gate.core.GateEvent;
import dev.sluice.gate.core.Pulled;
import dev.sluice.gate.core.TargetKey;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.AnalysisSet;
import dev.sluice.schemas.message.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Invented metrics, second by second; a weight is in force at once. */
final class InventedGround implements Ground {
    private static final Instant BEGUN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LONGEST = Duration.ofDays(1);
    /** As far back as any query looks at the release before. */
    private static final Duration BEFORE = Duration.ofMinutes(50);

    /** About a minute of waiting. */
    private static final long MOST_EVENTS = 20_000_000;

    private final LoneGate gate = new LoneGate(LONGEST.plus(BEFORE), Duration.ZERO, this::answer);
    private final Scenario scenario;
    private final TargetKey target;
    private final Traffic traffic;
    private Instant now = BEGUN.minus(BEFORE);
    private Weight weight = Weight.ZERO;

    InventedGround(Scenario scenario, TargetKey target) {
        this.scenario = scenario;
        this.target = target;
        this.traffic = new Traffic(scenario, target, BEGUN);
        while (now.isBefore(BEGUN)) {
            second();
        }
    }

    @Override
    public Instant begun() {
        return BEGUN;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public AnalysisSet.Variants variants() {
        return new AnalysisSet.Variants("stable", "canary");
    }

    @Override
    public void judges(AnalysisSet set) {
        gate.judges(set);
    }

    @Override
    public void order(Weight next) {
        weight = next;
    }

    @Override
    public boolean hasCarried(Weight asked) {
        return true;
    }

    @Override
    public Weight weight() {
        return weight;
    }

    /** A second. */
    @Override
    public List<Verdict> pass(Instant latest) throws Stop {
        checkLength();
        second();
        return gate.found();
    }

    private void second() {
        var end = now.plus(Traffic.TICK);
        for (var due = gate.nextDue(); due.isPresent() && due.get().isBefore(end); due = gate.nextDue()) {
            gate.reach(due.get());
        }
        now = end;
        gate.on(new GateEvent.MetricsArrived(LoneGate.PARTITION, traffic.before(end, weight), end));
    }

    private void checkLength() throws Stop {
        if (sinceBegun().compareTo(LONGEST) >= 0) {
            throw new Stop(
                    Exit.INVALID,
                    "The release of " + target.target() + " takes more than " + LONGEST.toHours()
                            + " hours: shorten its pauses to test it");
        }
        if (traffic.sent() > MOST_EVENTS) {
            throw new Stop(
                    Exit.INVALID,
                    "The release of " + target.target() + " has more than " + MOST_EVENTS
                            + " events: shorten its pauses, or have fewer series, or fewer single values a second");
        }
    }

    @Override
    public boolean isOver() {
        return false;
    }

    @Override
    public Optional<Duration> changedBy(Duration time) {
        return scenario.changedBy(time);
    }

    private Duration sinceBegun() {
        return Duration.between(BEGUN, now);
    }

    private Pulled answer(Decision.AnswerNeeded asked) {
        var query = asked.query();
        var answer = scenario.answers().get(query.name());
        return answer == null
                ? new Pulled.Nothing("no provider is asked here: say what it would answer below `answers`")
                : new Pulled.Found(answer.at(sinceBegun()), Math.max(1, query.minimumSamples()));
    }
}
