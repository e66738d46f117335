package dev.sluice.applier.shell;

import dev.sluice.applier.core.Decider;
import dev.sluice.applier.core.Decision;
import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.RouteState;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * One route's serial worker: takes events in, lets the rules decide, carries the decisions out. Routes never wait for
 * each other, since each has a mailbox and a thread of its own while there is something in it.
 */
final class RouteActor {
    private static final Logger LOG = Logger.getLogger(RouteActor.class);

    private final Decider decider;
    private final Effects effects;
    private final Executor threads;
    private final Queue<Event> mailbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private volatile RouteState state;
    private volatile String traceparent;
    private volatile boolean closed;

    RouteActor(RouteState state, Decider decider, Effects effects, Executor threads) {
        this.state = state;
        this.decider = decider;
        this.effects = effects;
        this.threads = threads;
    }

    RouteState state() {
        return state;
    }

    /** The trace context of the order read last; reports carry it on. */
    void trace(String context) {
        traceparent = context;
    }

    void offer(Event event) {
        mailbox.add(event);
        if (pending.getAndIncrement() == 0) {
            threads.execute(this::drain);
        }
    }

    /** Nothing more is carried out; a call under way ends as it ends. */
    void close() {
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

    private void handle(Event first) {
        var next = first;
        while (next != null && !closed) {
            var decisions = decider.decide(state, next);
            state = state.after(decisions);
            keys();
            next = carryOut(decisions);
        }
    }

    /** The answer to the call among the decisions, if there is one. */
    private Event carryOut(List<Decision> decisions) {
        Event answer = null;
        for (var decision : decisions) {
            effects.count(decision);
            switch (decision) {
                case Decision.Call call -> answer = effects.call(call);
                case Decision.Report report -> effects.report(report, traceparent);
                case Decision.Retry retry -> effects.wake(retry.at(), this);
                default -> {}
            }
        }
        return answer;
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
