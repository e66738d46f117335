package dev.sluice.engine.core.rule;

import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.state.Desired;
import dev.sluice.engine.core.state.Order;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.state.Why;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightOrder.Selector;
import dev.sluice.schemas.rollout.TargetPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/** Issues orders: the next sequence, the deadline by the file's timeout. */
public final class Ordering {
    /** Nobody answered: an applier that is only behind gets no more to do by this, and one that was away soon hears of it. */
    private static final Duration LONGEST_OF_SILENT = Duration.ofMinutes(1);

    /** Somebody answered: it is under way, and asked for less and less often. */
    private static final Duration LONGEST_REPEAT = Duration.ofMinutes(2);

    private Ordering() {}

    /** As long as the order has been out: each wait is twice the one before. */
    public static Duration untilRepeat(TargetRun run, Instant at) {
        var longest = run.traffic().isSilent() ? LONGEST_OF_SILENT : LONGEST_REPEAT;
        var issued = run.traffic().order().deadline().minus(run.plan().timeout());
        var out = Duration.between(issued, at);
        return Collections.min(List.of(longest, Collections.max(List.of(Order.FIRST_REPEAT, out))));
    }

    public static void move(Draft d, String target, Desired desired, Why why) {
        issue(d, target, Wish.of(desired), why);
    }

    /** @param desired null: takes over what it finds */
    public static void begin(Draft d, String target, Desired desired, Why why) {
        issue(d, target, Wish.of(desired).beginning(), why);
    }

    public static void end(Draft d, String target, Desired desired, End end, Why why) {
        issue(d, target, Wish.of(desired).ending(end), why);
    }

    /** The active backend's Service selects what the canary's does, while the canary has all traffic. */
    public static void select(Draft d, String target, Why why) {
        issue(d, target, Wish.of(Desired.ALL).switching(Selector.CANARY), why);
    }

    /** All traffic goes to the active backend's Service, which selects what the canary's does. */
    public static void backToSelected(Draft d, String target, Why why) {
        issue(d, target, Wish.of(Desired.NOTHING).ending(End.RELEASE).switching(Selector.CANARY), why);
    }

    /**
     * The Service's own selector comes back before the traffic does; once that goes to the Service for good it stays as it is.
     * Asked for wherever it goes back from: a database that came back older doesn't know that it was switched.
     */
    private static Selector ofWayBack(TargetRun run) {
        return switch (run.plan().onPromoted()) {
            case SWAP, HANDBACK -> null;
            case SELECTOR -> run.stage() instanceof Stage.HandingBack ? Selector.CANARY : Selector.OWN;
        };
    }

    public static void back(Draft d, String target, boolean force, Why why) {
        var end = rest(d.run(target).plan());
        issue(d, target, new Wish(Desired.NOTHING, false, end, force, false, ofWayBack(d.run(target))), why);
    }

    /** Writes only the fence, under the generation just raised. */
    public static void fence(Draft d, String target, Why why) {
        issue(d, target, Wish.of(null), why);
    }

    public static void again(Draft d, String target, Order order, Why why) {
        issue(
                d,
                target,
                new Wish(order.desired(), order.begin(), order.end(), order.force(), false, order.selector()),
                why);
    }

    /** What went back rests at 0. */
    public static void rest(Draft d, String target, Why why) {
        issue(d, target, new Wish(Desired.NOTHING, false, End.KEEP, false, true, null), why);
    }

    /** Leaves the routes as they are, for good. */
    public static void letGo(Draft d, String target, Why why) {
        issue(d, target, Wish.of(null).ending(End.RELEASE), why);
    }

    public static End rest(TargetPlan plan) {
        return switch (plan.onPromoted()) {
            case SWAP -> End.KEEP;
            case HANDBACK, SELECTOR -> End.RELEASE;
        };
    }

    private record Wish(Desired desired, boolean begin, End end, boolean force, boolean rests, Selector selector) {
        static Wish of(Desired desired) {
            return new Wish(desired, false, null, false, false, null);
        }

        Wish beginning() {
            return new Wish(desired, true, end, force, rests, selector);
        }

        Wish ending(End how) {
            return new Wish(desired, begin, how, force, rests, selector);
        }

        Wish switching(Selector to) {
            return new Wish(desired, begin, end, force, rests, to);
        }
    }

    private static void issue(Draft d, String target, Wish wish, Why why) {
        if (d.state().rollout().isObserving()) {
            throw new IllegalStateException("where another tool decides nothing is ever ordered");
        }
        var run = d.run(target);
        var order = new Order(
                run.traffic().sequence() + 1,
                wish.desired(),
                wish.begin(),
                wish.end(),
                wish.force(),
                wish.rests(),
                wish.selector(),
                d.at().plus(run.plan().timeout()),
                d.at().plus(Order.FIRST_REPEAT));
        d.decide(new Decision.Ordered(target, why, d.at(), order));
    }
}
