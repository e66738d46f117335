package dev.sluice.engine.core;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.TargetPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** Issues orders: the next sequence, the deadline by the file's timeout. */
final class Ordering {
    /** An order without any report is sent again after this. */
    static final Duration FIRST_REPEAT = Duration.ofSeconds(10);

    /** Nobody answered: an applier that is only behind gets no more to do by this, and one that was away soon hears of it. */
    private static final Duration LONGEST_OF_SILENT = Duration.ofMinutes(1);

    /** Somebody answered: it is under way, and asked for less and less often. */
    private static final Duration LONGEST_REPEAT = Duration.ofMinutes(2);

    private Ordering() {}

    /** As long as the order has been out: each wait is twice the one before. */
    static Duration untilRepeat(TargetRun run, Instant at) {
        var longest = run.traffic().isSilent() ? LONGEST_OF_SILENT : LONGEST_REPEAT;
        var issued = run.traffic().order().deadline().minus(run.plan().timeout());
        var out = Duration.between(issued, at);
        return Collections.min(List.of(longest, Collections.max(List.of(FIRST_REPEAT, out))));
    }

    static void raise(Deliberation d, String target, Weight weight, Why why) {
        issue(d, target, new Wish(weight, false, null, false, false), why);
    }

    static void begin(Deliberation d, String target, Weight weight, Why why) {
        issue(d, target, new Wish(weight, true, null, false, false), why);
    }

    static void end(Deliberation d, String target, Weight weight, End end, Why why) {
        issue(d, target, new Wish(weight, false, end, false, false), why);
    }

    static void back(Deliberation d, String target, boolean force, Why why) {
        var end = rest(d.run(target).plan());
        issue(d, target, new Wish(Weight.ZERO, false, end, force, false), why);
    }

    /** Writes only the fence, under the generation just raised. */
    static void fence(Deliberation d, String target, Why why) {
        issue(d, target, new Wish(null, false, null, false, false), why);
    }

    static void again(Deliberation d, String target, Order order, Why why) {
        issue(d, target, new Wish(order.weight(), order.begin(), order.end(), order.force(), false), why);
    }

    /** What went back rests at 0. */
    static void rest(Deliberation d, String target, Why why) {
        issue(d, target, new Wish(Weight.ZERO, false, End.KEEP, false, true), why);
    }

    /** Leaves the routes as they are, for good. */
    static void letGo(Deliberation d, String target, Why why) {
        issue(d, target, new Wish(null, false, End.RELEASE, false, false), why);
    }

    static End rest(TargetPlan plan) {
        return plan.onPromoted() == OnPromoted.SWAP ? End.KEEP : End.RELEASE;
    }

    private record Wish(Weight weight, boolean begin, End end, boolean force, boolean rests) {}

    private static void issue(Deliberation d, String target, Wish wish, Why why) {
        var run = d.run(target);
        var order = new Order(
                run.traffic().sequence() + 1,
                wish.weight(),
                wish.begin(),
                wish.end(),
                wish.force(),
                wish.rests(),
                d.at().plus(run.plan().timeout()),
                d.at().plus(FIRST_REPEAT));
        d.decide(new Decision.Ordered(target, why, d.at(), order));
    }
}
