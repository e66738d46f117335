package dev.sluice.engine.core.state;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** When a state needs to be told the time: the counterpart of {@link Deadlines}. */
public final class WakeUps {
    private WakeUps() {}

    public static List<WakeUp> of(State state) {
        var runs =
                state.rollout() == null ? List.<TargetRun>of() : state.rollout().targets();
        return Stream.concat(runs.stream().flatMap(run -> of(run).stream()), freezeEnds(state))
                .sorted(Comparator.comparing(WakeUp::at))
                .toList();
    }

    /** Of the application that keeps the freezes. */
    private static Stream<WakeUp> freezeEnds(State state) {
        return state.freezes().stream()
                .filter(freeze -> freeze.until() != null)
                .map(freeze -> new WakeUp(freeze.id(), "freeze-end", wholeMillis(freeze.until())));
    }

    public static List<WakeUp> of(TargetRun run) {
        var due = new ArrayList<WakeUp>();
        if (run.position().isEnded()) {
            return due;
        }
        if (run.traffic().isAwaited() && !run.position().degraded()) {
            add(due, run, "order-deadline", run.traffic().order().deadline());
        }
        if (isRepeated(run)) {
            add(due, run, "order-repeat", run.traffic().order().repeatAt());
        }
        // while another writer's fence is in the way nothing goes on, and whoever ends that looks at the clock
        var isHeld = run.position().hold() != null || run.traffic().interrupted() != null;
        add(due, run, "stage-due", run.stage().dueAt(isHeld));
        add(due, run, "word-due", run.watched() == null ? null : run.watched().until());
        add(due, run, "ask-again", run.askAgainAt());
        if (!isHeld) {
            add(due, run, "check-due", run.checkDue());
            add(due, run, WakeUp.LOOK, run.stage().lookAt());
        }
        run.judging().open().forEach(analysis -> add(due, run, "verdict-due", analysis.verdictDue()));
        return due;
    }

    /** Sent again while nobody has answered; on the way back, until it is done. */
    public static boolean isRepeated(TargetRun run) {
        if (run.position().isEnded() || !run.traffic().isAwaited()) {
            return false;
        }
        return run.traffic().isSilent() || run.stage().goesBack();
    }

    private static void add(List<WakeUp> due, TargetRun run, String kind, Instant at) {
        if (at != null) {
            due.add(new WakeUp(run.name(), kind, wholeMillis(at)));
        }
    }

    /** Clocks tick in milliseconds and columns in microseconds: rounded up, no wake-up comes before it is due. */
    private static Instant wholeMillis(Instant at) {
        var floor = at.truncatedTo(ChronoUnit.MILLIS);
        return floor.equals(at) ? at : floor.plusMillis(1);
    }
}
