package dev.sluice.applier.shell;

import dev.sluice.applier.core.Decider;
import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.Failure;
import dev.sluice.applier.core.RouteState;
import dev.sluice.applier.core.Urgency;
import dev.sluice.schemas.wire.Lineage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * One route of an object: takes events in, lets the rules decide, carries the decisions out. Routes of other objects never
 * wait for it, and an event never waits for a call: its answer is an event like any other, so that an abort is decided on
 * while the API server is being asked.
 */
public final class RouteActor {
    private static final Logger LOG = Logger.getLogger(RouteActor.class);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);
    private static final Duration LOOK_UNWATCHED = Duration.ofSeconds(30);

    private final Deciding rules;
    private final Effects effects;
    private final ObjectActor object;
    private final Clock clock;
    private volatile RouteState state;
    private volatile Lineage lineage = Lineage.NONE;
    private volatile boolean closed;
    private volatile Effects.Asked asked = () -> false;
    private volatile boolean isReminded;

    /** What follows from an event: {@link Decider#decide}. */
    public interface Deciding {
        List<Decision> decide(RouteState state, Event event);
    }

    RouteActor(RouteState state, Deciding rules, Effects effects, ObjectActor object, Clock clock) {
        this.state = state;
        this.rules = rules;
        this.effects = effects;
        this.object = object;
        this.clock = clock;
        object.join(this);
    }

    /** @param threads runs what happens to it; may run it in the caller's thread */
    public static RouteActor alone(RouteState state, Deciding rules, Effects effects, Executor threads, Clock clock) {
        return new RouteActor(state, rules, effects, new ObjectActor(threads), clock);
    }

    public RouteState state() {
        return state;
    }

    /** Of the order read last; reports carry it on. */
    void trace(Lineage ofOrder) {
        lineage = ofOrder;
    }

    /** Its rollout has ended, was reported, and nothing goes on: it can be forgotten. */
    boolean isOver() {
        return object.isIdle() && state.released() && state.call() == null && state.retryAt() == null;
    }

    public void offer(Event event) {
        object.offer(() -> handle(event));
    }

    /** Nothing more is carried out; a call under way ends as it ends, and one that waits is not made. */
    public void close() {
        closed = true;
        object.offer(() -> {
            asked.withdraw();
            object.done(this);
        });
    }

    /** It is its turn to make a call, if it still has one to make. */
    void decideAnew() {
        handle(new Event.Withdrawn(clock.instant()));
    }

    private void handle(Event event) {
        if (closed) {
            return;
        }
        try {
            takeOrFail(event);
            if (event instanceof Event.Held held) {
                object.held(this, held);
            }
            // its turn belongs to what is to be done now
            if ((event instanceof Event.OrderRead || event instanceof Event.Held)
                    && isOvertaken(state.call())
                    && asked.withdraw()) {
                take(new Event.Withdrawn(clock.instant()));
            }
        } finally {
            MDC.clear();
            if (state.call() == null) {
                object.done(this);
            }
        }
    }

    /** Somebody else's call holds this route's up. */
    void heldToo(Event.Held held) {
        if (!closed) {
            take(held);
        }
    }

    /** A bug on an answer fails the call, and so is tried again: a route whose call never ends would hear nothing more. */
    private void takeOrFail(Event event) {
        try {
            take(event);
        } catch (RuntimeException bug) {
            if (!isAnswer(event) || state.call() == null) {
                throw bug;
            }
            LOG.error("an answer could not be taken", bug);
            var failure = Failure.failed("Sluice failed on it, see its log: " + bug);
            take(
                    state.call() instanceof Decision.Look
                            ? new Event.LookFailed(failure, clock.instant())
                            : new Event.WriteFailed(failure, clock.instant()));
        }
    }

    private static boolean isAnswer(Event event) {
        return event instanceof Event.Looked || event instanceof Event.WriteSucceeded;
    }

    private boolean isOvertaken(Decision.Call call) {
        return call != null && call.order().fence().isBelow(state.order().fence());
    }

    private void take(Event event) {
        var wasReleased = state.released();
        var decisions = rules.decide(state, event);
        state = state.after(decisions);
        keys();
        decisions.forEach(this::carryOut);
        if (!wasReleased && state.released()) {
            effects.released(state.route());
        }
        remindLater();
    }

    private void carryOut(Decision decision) {
        effects.count(decision);
        switch (decision) {
            case Decision.Call call -> ask(call);
            case Decision.Report report -> effects.report(report, lineage);
            case Decision.Retry retry ->
                effects.wake(retry.at(), () -> offer(new Event.TimeReached(retry.at(), clock.instant())));
            case Decision.AwaitConfirmation next ->
                effects.wake(next.until(), () -> offer(new Event.TimeReached(next.until(), clock.instant())));
            default -> {}
        }
    }

    private void ask(Decision.Call call) {
        var urgency = Urgency.of(state, call);
        // what is looked at or mended later is no part of what the order led to
        var ofCall = state.applied() ? Lineage.NONE : lineage;
        asked = object.ask(this, urgency, () -> effects.call(call, urgency, ofCall, this::answered));
    }

    /** What a route that is gone was still asking for leaves nothing behind; an alarm of it that rings late says nothing. */
    private void answered(Event event) {
        if (closed) {
            effects.forgotten(state.route());
        } else {
            offer(event);
        }
    }

    /** Nothing that happens to it is seen by a watch; one at rest waits for its next look all the same. */
    void unwatched() {
        var order = state.order();
        if (order != null && (order.end() == null || !state.applied())) {
            effects.wake(spread(LOOK_UNWATCHED, 0), () -> offer(new Event.Reminded(clock.instant())));
        }
    }

    /** Whatever was believed of watches may be wrong: every route is looked at again now and then (B49). */
    private void remindLater() {
        if (isReminded || state.order() == null) {
            return;
        }
        isReminded = true;
        effects.wake(spread(LOOK_AGAIN, 1), () -> {
            isReminded = false;
            offer(new Event.Reminded(clock.instant()));
        });
    }

    /** The same route always at the same distance, different ones spread over as long as {@code range}. */
    private Instant spread(Duration range, int whole) {
        var part = Math.floorMod(state.route().hashCode() * 0x9E3779B9, 1000);
        return clock.instant().plus(range.multipliedBy(1000 * whole + part).dividedBy(1000));
    }

    private void keys() {
        var order = state.order();
        if (order != null) {
            MDC.put("application", order.application());
            MDC.put("target", order.target());
            MDC.put("rollout", order.rollout());
            MDC.put("route", order.route());
            MDC.put("sequence", order.sequence());
        }
    }
}
