package dev.sluice.engine.core.state;

import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.ReasonCode;
import dev.sluice.schemas.message.Verdict.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Waits for conditions, all at once; over once each of them is met.
 *
 * @param step 0 beside the steps
 */
public record Gate(Place place, int step, List<Condition> conditions) implements Stage {
    /** Before a target begins, at one of its steps, or after its end. */
    public enum Place {
        BEFORE,
        STEP,
        AFTER
    }

    public Gate {
        conditions = List.copyOf(conditions);
    }

    public boolean isPassed(Instant now) {
        return conditions.stream().allMatch(condition -> condition.isMet(now));
    }

    /** What is waited for the longest, as far as one can tell: people, then measurements, then the clock. */
    public Condition foremost() {
        return conditions.stream()
                .filter(condition -> !condition.isOver())
                .min(Comparator.comparingInt(Condition::rank))
                .orElse(conditions.getLast());
    }

    @Override
    public Phase phase() {
        return place == Place.AFTER ? Phase.FINALIZING : foremost().phase();
    }

    @Override
    public Awaits awaits() {
        return Awaits.CONDITIONS;
    }

    @Override
    public ReasonCode code() {
        return foremost().code();
    }

    @Override
    public Instant dueAt(boolean held) {
        return conditions.stream()
                .filter(condition -> !condition.isOver() && (!held || condition.runsWhileHeld()))
                .map(Condition::dueAt)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    public Gate met(int number) {
        return with(number, conditions.get(number).met());
    }

    public Gate with(int number, Condition now) {
        var changed = new ArrayList<>(conditions);
        changed.set(number, now);
        return new Gate(place, step, changed);
    }

    /** Somebody gives their word to the conditions of these numbers, from 0. */
    public Gate approved(List<Integer> numbers, String actor) {
        var changed = new ArrayList<>(conditions);
        for (var number : numbers) {
            changed.set(number, conditions.get(number) instanceof Word open ? open.by(actor) : conditions.get(number));
        }
        return new Gate(place, step, changed);
    }

    /** Nothing of it is waited for any longer. */
    public Gate skipped() {
        return changed(condition -> condition.isOver() ? condition : condition.met());
    }

    /** What an analysis of it came to is left to a person. */
    public Gate asked(Word.Judgement judgement) {
        return changed(condition ->
                condition instanceof Condition.Analysis over && over.id().equals(judgement.id())
                        ? judgement
                        : condition);
    }

    public boolean judges(String analysis) {
        return conditions.stream()
                .anyMatch(condition ->
                        condition instanceof Condition.Analysis one && one.id().equals(analysis));
    }

    /** An analysis has a verdict. */
    public Gate judged(String analysis) {
        return changed(condition ->
                condition instanceof Condition.FirstVerdict first && first.id().equals(analysis)
                        ? first.met()
                        : condition);
    }

    /** An analysis is over. */
    public Gate closed(String analysis, Outcome outcome) {
        // nobody gives the first verdict of what is over: what follows from that is looked at again
        return judged(analysis)
                .changed(condition -> condition instanceof Condition.Analysis open
                                && open.id().equals(analysis)
                        ? new Condition.Analysis(analysis, outcome)
                        : condition);
    }

    /** An analysis begins anew under another id. */
    public Gate restarted(String analysis, String next) {
        return changed(condition -> switch (condition) {
            case Condition.Analysis open when open.id().equals(analysis) -> new Condition.Analysis(next, null);
            case Condition.FirstVerdict open when open.id().equals(analysis) -> new Condition.FirstVerdict(next, false);
            case Condition other -> other;
        });
    }

    private Gate changed(UnaryOperator<Condition> change) {
        return new Gate(place, step, conditions.stream().map(change).toList());
    }
}
