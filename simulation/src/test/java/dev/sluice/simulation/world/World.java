package dev.sluice.simulation.world;

import dev.sluice.simulation.invariant.Invariant;
import dev.sluice.simulation.trace.Trace;
import java.time.Instant;
import java.util.List;

/** What everything in a run shares: the clock, the dice, the trace and those who watch. */
public final class World {
    /** When every run begins. */
    public static final Instant BEGINNING = Instant.parse("2026-11-21T00:00:00Z");

    private final Agenda agenda = new Agenda();
    private final Chance chance;
    private final Trace trace;
    private final List<Invariant> invariants;

    public World(long seed, Trace trace, List<Invariant> invariants) {
        this.chance = new Chance(seed);
        this.trace = trace;
        this.invariants = List.copyOf(invariants);
    }

    public Chance chance() {
        return chance;
    }

    /** The true time. Machines have clocks of their own, which may be wrong. */
    public Instant now() {
        return BEGINNING.plusMillis(agenda.nowMillis());
    }

    /** Since the beginning of the run. */
    public long nowMillis() {
        return agenda.nowMillis();
    }

    public void in(long millis, Runnable action) {
        agenda.in(millis, action);
    }

    public void runUntil(long endMillis) {
        agenda.runUntil(endMillis);
    }

    /** Something happened that only the trace is interested in. */
    public void note(String who, String what, Object about) {
        trace.note(agenda.nowMillis(), who, what, about);
    }

    /** Something happened that invariants are about. */
    public void see(String who, Observation seen) {
        trace.note(agenda.nowMillis(), who, "", seen);
        for (var invariant : invariants) {
            invariant.see(seen);
        }
    }
}
