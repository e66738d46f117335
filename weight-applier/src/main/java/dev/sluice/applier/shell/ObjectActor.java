package dev.sluice.applier.shell;

import dev.sluice.applier.core.Event;
import dev.sluice.applier.core.Urgency;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * One object's serial worker: whatever happens to the routes in it goes through it one after the other, and of their calls
 * one at a time is made, the most urgent first, so that rules of one object never race each other for its version.
 */
final class ObjectActor {
    private static final Logger LOG = Logger.getLogger(ObjectActor.class);

    private final Executor threads;
    private final Queue<Runnable> mailbox = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final Set<RouteActor> routes = new HashSet<>();
    private final List<Turn> waiting = new ArrayList<>();
    private Calling calling;

    private record Turn(RouteActor route, Urgency urgency) {}

    private record Calling(Turn turn, Effects.Asked asked) {}

    /** @param threads runs what is in the mailbox; may run it in the caller's thread */
    ObjectActor(Executor threads) {
        this.threads = threads;
    }

    synchronized void join(RouteActor route) {
        routes.add(route);
    }

    /** @return whether it was the last one */
    synchronized boolean leave(RouteActor route) {
        routes.remove(route);
        return routes.isEmpty();
    }

    boolean isIdle() {
        return pending.get() == 0;
    }

    void offer(Runnable event) {
        mailbox.add(event);
        if (pending.getAndIncrement() == 0) {
            threads.execute(this::drain);
        }
    }

    private void drain() {
        do {
            try {
                mailbox.remove().run();
            } catch (RuntimeException bug) {
                LOG.error("an event could not be handled", bug);
            }
        } while (pending.decrementAndGet() > 0);
    }

    /**
     * Makes a route's call, if it is its turn; else the route is told to decide anew once it is, for what it knows of the
     * object will be old by then. One that is less urgent and isn't made yet gives its turn up. Within {@link #offer}.
     */
    Effects.Asked ask(RouteActor route, Urgency urgency, Supplier<Effects.Asked> call) {
        var turn = new Turn(route, urgency);
        if (calling != null && !isCalling(route) && !givesWay(urgency)) {
            waiting.add(turn);
        } else {
            calling = new Calling(turn, call.get());
        }
        return () -> withdraw(route);
    }

    private boolean givesWay(Urgency urgency) {
        if (urgency.compareTo(calling.turn().urgency()) >= 0 || !calling.asked().withdraw()) {
            return false;
        }
        waiting.add(calling.turn());
        return true;
    }

    private boolean withdraw(RouteActor route) {
        if (isCalling(route)) {
            return calling.asked().withdraw();
        }
        return waiting.removeIf(turn -> turn.route() == route);
    }

    private boolean isCalling(RouteActor route) {
        return calling != null && calling.turn().route() == route;
    }

    /** What holds the route's call up holds up those that wait for it. Within {@link #offer}. */
    void held(RouteActor route, Event.Held held) {
        if (isCalling(route)) {
            List.copyOf(waiting).forEach(turn -> turn.route().heldToo(held));
        }
    }

    /** The route has no call under way any more. Within {@link #offer}. */
    void done(RouteActor route) {
        waiting.removeIf(turn -> turn.route() == route);
        if (isCalling(route)) {
            calling = null;
        }
        while (calling == null && !waiting.isEmpty()) {
            var next = waiting.stream().min(Comparator.comparing(Turn::urgency)).orElseThrow();
            waiting.remove(next);
            next.route().decideAnew();
        }
    }
}
