package dev.sluice.applier.shell;

import dev.sluice.applier.core.Decider;
import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.RouteState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * One route's serial worker: takes events in, lets the rules decide, carries the decisions out. Routes never wait for
 * each other, and an event never waits for a call: its answer is an event like any other, so that an abort is decided on
 * while the API server is being asked.
 */
public final class RouteActor {
    private static final Logger LOG = Logger.getLogger(RouteActor.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    private static final int AT_REST = 10;

    private final Deciding rules;
    private final Effects effects;
    private final Executor threads;
    private final Clock clock;
    private final Queue<Event> mailbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private volatile RouteState state;
    private volatile String traceparent;
    private volatile boolean closed;
    private boolean reminded;

    /** What follows from an event: {@link Decider#decide}. */
    public interface Deciding {
        List<Decision> decide(RouteState state, Event event);
    }

    /** @param threads runs what is in the mailbox; may run it in the caller's thread */
    public RouteActor(RouteState state, Deciding rules, Effects effects, Executor threads, Clock clock) {
        this.state = state;
        this.rules = rules;
        this.effects = effects;
        this.threads = threads;
        this.clock = clock;
    }

    public RouteState state() {
        return state;
    }

    /** The trace context of the order read last; reports carry it on. */
    void trace(String context) {
        traceparent = context;
    }

    public void offer(Event event) {
        mailbox.add(event);
        if (pending.getAndIncrement() == 0) {
            threads.execute(this::drain);
        }
    }

    /** Nothing more is carried out; a call under way ends as it ends. */
    public void close() {
        closed = true;
    }

    private void drain() {
        do {
            try {
                handle(mailbox.remove());
            } catch (RuntimeException bug) {
                LOG.error("an event could not be handled", bug);
            } finally {
                MDC.clear();
            }
        } while (pending.decrementAndGet() > 0);
    }

    private void handle(Event event) {
        if (closed) {
            return;
        }
        var wasReleased = state.released();
        var decisions = rules.decide(state, event);
        state = state.after(decisions);
        keys();
        decisions.forEach(this::carryOut);
        if (!wasReleased && state.released()) {
            effects.released(state.route());
        }
        remindAfter(event);
    }

    private void carryOut(Decision decision) {
        effects.count(decision);
        switch (decision) {
            case Decision.Call call -> effects.call(call, this::offer);
            case Decision.Report report -> effects.report(report, traceparent);
            case Decision.Retry retry ->
                effects.wake(retry.at(), () -> offer(new Event.TimeReached(retry.at(), clock.instant())));
            default -> {}
        }
    }

    /** A watch may have fallen silent without an end: every route is looked at again, those at rest less often (B49). */
    private void remindAfter(Event event) {
        if (state.order() == null || (reminded && !(event instanceof Event.Reminded))) {
            return;
        }
        reminded = true;
        var distance = state.order().end() == null ? LOOK_AGAIN : LOOK_AGAIN.multipliedBy(AT_REST);
        // the same route always at the same distance, different ones spread over as long again
        var spread = Math.floorMod(state.route().hashCode() * 0x9E3779B9, 1000);
        var next = clock.instant().plus(distance.multipliedBy(1000 + spread).dividedBy(1000));
        effects.wake(next, () -> offer(new Event.Reminded(clock.instant())));
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
