package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Routed.Pending;
import dev.sluice.applier.core.Shares;
import dev.sluice.schemas.Weight;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How two workloads are brought to a weight: first one up, then, as its pods become ready, the other one down by as many,
 * so that there are never fewer ready ones than the total unless there were before. On the way back a quarter of them may be
 * missing, as in a Deployment's own updates: a bad canary goes at once where the others can do without it. It begins with a
 * mark, without which nothing is scaled.
 *
 * @param main the workload that keeps the mark; the other is its partner
 * @param isPartnerTheCanary else the main one is
 * @param isNew whether the rollout had another weight so far
 * @param marked null where there is no mark
 * @param isHurried whether nothing is waited for
 */
record Scaling(
        Replicated main,
        Replicated partner,
        boolean isPartnerTheCanary,
        int total,
        Weight weight,
        boolean isNew,
        Mark marked,
        boolean isHurried) {

    /**
     * Says what is under way.
     *
     * @param isUp so far nothing is known to have gone up: a number that is too low was not scaled yet; later on somebody has
     *     changed it
     */
    record Mark(Weight weight, boolean isUp) {
        private static final Pattern FORM = Pattern.compile("(up|down)=(\\d{1,3}(?:\\.\\d{1,2})?)");

        /** Empty where the text is missing or unreadable. */
        static Optional<Mark> read(String text) {
            var match = FORM.matcher(text == null ? "" : text);
            return match.matches() && new BigDecimal(match.group(2)).compareTo(BigDecimal.valueOf(100)) <= 0
                    ? Optional.of(new Mark(
                            Weight.of(new BigDecimal(match.group(2))),
                            match.group(1).equals("up")))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return (isUp ? "up=" : "down=") + weight;
        }
    }

    /** What isn't there can only do without replicas. */
    boolean canBeDone() {
        return both().noneMatch(workload -> workload.isMissing() && target(workload) > 0);
    }

    /** What the mark has to be; null where none is needed. */
    Mark mark() {
        return isOver() || (marked == null && !isNew && isAtWeight()) ? null : new Mark(weight, isUpNext());
    }

    /** What is left to do; null where nothing is, or where somebody else has changed a number since. */
    Pending pending() {
        if (!isGoingOn()) {
            return null;
        }
        var writes = writes();
        if (!marked.equals(mark())) {
            return Pending.due(weight, "the mark " + (mark() == null ? "to go" : mark()));
        }
        return writes.isEmpty()
                ? Pending.awaiting(weight, awaits())
                : Pending.due(weight, writes.stream().map(Write.Scale::asked).collect(Collectors.joining(" and ")));
    }

    /** The numbers that can be set now, the mark being there. */
    List<Write.Scale> writes() {
        return Stream.concat(both().filter(this::isBelow), both().filter(workload -> !isBelow(workload)))
                .filter(workload -> next(workload) != workload.wanted())
                .map(workload -> workload.to(next(workload)))
                .toList();
    }

    private boolean isGoingOn() {
        return marked != null && marked.weight().equals(weight) && (marked.isUp() || !isUpNext());
    }

    private boolean isUpNext() {
        return both().anyMatch(this::isBelow);
    }

    private boolean isOver() {
        var canary = isPartnerTheCanary ? partner : main;
        return both().allMatch(workload -> workload.wanted() == target(workload))
                && (isHurried || canary.ready() >= target(canary));
    }

    /** Whoever has scaled both alike has not changed the weight. */
    private boolean isAtWeight() {
        var active = BigDecimal.valueOf(isPartnerTheCanary ? main.wanted() : partner.wanted());
        var canary = BigDecimal.valueOf(isPartnerTheCanary ? partner.wanted() : main.wanted());
        return active.add(canary).signum() > 0 && new Shares(active, canary, BigDecimal.ONE).isAt(weight);
    }

    /** Up at once, down to what the other one still lacks. */
    private int next(Replicated workload) {
        var target = target(workload);
        var lacking = isHurried ? 0 : needed() - other(workload).ready();
        return isBelow(workload) ? target : Math.max(target, Math.min(workload.wanted(), lacking));
    }

    /** Ready pods that there have to be. */
    private int needed() {
        return weight.isZero() ? total - total / 4 : total;
    }

    private int target(Replicated workload) {
        var canarys =
                Shares.part(BigDecimal.valueOf(total), weight, BigDecimal.ONE).intValueExact();
        return isPartnerTheCanary == workload.equals(partner) ? canarys : total - canarys;
    }

    private boolean isBelow(Replicated workload) {
        return workload.wanted() < target(workload);
    }

    private Replicated other(Replicated workload) {
        return workload.equals(main) ? partner : main;
    }

    private String awaits() {
        var held =
                both().filter(workload -> workload.wanted() > target(workload)).findFirst();
        var raised = held.map(this::other).orElse(isPartnerTheCanary ? partner : main);
        var wanted = "for " + Math.min(target(raised), needed()) + " ready replicas of "
                + raised.ref().kind().kind() + " " + raised.ref().namespace() + "/"
                + raised.ref().name();
        return held.map(workload -> wanted + ": " + workload.ref().name() + " is scaled down as they come"
                        + (weight.isZero() ? ", and at once by an abort with force" : ""))
                .orElse(wanted);
    }

    private Stream<Replicated> both() {
        return Stream.of(main, partner);
    }
}
