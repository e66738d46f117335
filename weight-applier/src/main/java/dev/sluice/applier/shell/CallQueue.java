package dev.sluice.applier.shell;

import dev.sluice.applier.core.Failure;
import dev.sluice.applier.core.Urgency;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Where calls of a cluster's API server wait for their turn: only so many run at once, since more only make it answer
 * later. Those that lower go first, then those that raise, then the rest; within each in the order of their coming. A
 * route has one at a time, so none can crowd out others. In an outage all wait here, none fails. Never blocks who submits.
 */
final class CallQueue {
    private final Pace pace;
    private final Executor threads;
    private final Supplier<Optional<Failure>> probe;
    private final BiConsumer<Instant, Runnable> alarm;
    private final Clock clock;
    private final Map<Urgency, LinkedHashSet<Waiting>> lanes = new EnumMap<>(Urgency.class);
    private int running;
    private int mostRunning;
    private boolean isProbing;

    /** A call to be made, maybe several times: every write names what it was decided on, so no second one does harm. */
    interface Job {
        /** Blocks until it is answered. */
        Attempt run();

        /** It waits for an API server that doesn't answer. Returns at once. */
        void held(String reason);
    }

    /**
     * What came of a call.
     *
     * @param failure why it failed; empty where it didn't
     * @param deliver tells whoever asked
     */
    record Attempt(Optional<Failure> failure, Runnable deliver) {
        private Optional<Failure> outage() {
            return failure.filter(why -> why.kind() == Failure.Kind.AWAY);
        }
    }

    /** Compared by identity: the same call may be asked for twice. */
    private static final class Waiting {
        private final Urgency urgency;
        private final Job job;
        private Instant failed = Instant.MAX;

        private Waiting(Urgency urgency, Job job) {
            this.urgency = urgency;
            this.job = job;
        }
    }

    /**
     * @param probe asks the API server for something small; empty where it answers
     * @param alarm calls at a time
     */
    CallQueue(
            Pace pace,
            Executor threads,
            Supplier<Optional<Failure>> probe,
            BiConsumer<Instant, Runnable> alarm,
            Clock clock) {
        this.pace = pace;
        this.threads = threads;
        this.probe = probe;
        this.alarm = alarm;
        this.clock = clock;
        for (var urgency : Urgency.values()) {
            lanes.put(urgency, new LinkedHashSet<>());
        }
    }

    Effects.Asked submit(Urgency urgency, Job job) {
        var waiting = new Waiting(urgency, job);
        synchronized (this) {
            lanes.get(urgency).add(waiting);
        }
        startWhatMay();
        obstacleTo(waiting).ifPresent(job::held);
        return () -> {
            synchronized (this) {
                return lanes.get(urgency).remove(waiting);
            }
        };
    }

    /** Calls under way. */
    synchronized int running() {
        return running;
    }

    /** The most that ever were under way at once. */
    synchronized int mostRunning() {
        return mostRunning;
    }

    /** Calls that wait for their turn. */
    synchronized int waiting() {
        return lanes.values().stream().mapToInt(LinkedHashSet::size).sum();
    }

    private synchronized Optional<String> obstacleTo(Waiting call) {
        return lanes.get(call.urgency).contains(call) ? pace.obstacle() : Optional.empty();
    }

    private void startWhatMay() {
        for (var next = take(); next.isPresent(); next = take()) {
            var call = next.get();
            threads.execute(() -> run(call));
        }
    }

    private synchronized Optional<Waiting> take() {
        var first = lanes.values().stream().filter(lane -> !lane.isEmpty()).findFirst();
        if (first.isEmpty() || !pace.allows(first.get().getFirst().urgency, running)) {
            return Optional.empty();
        }
        running++;
        mostRunning = Math.max(mostRunning, running);
        return Optional.of(first.get().removeFirst());
    }

    private void run(Waiting call) {
        var started = clock.instant();
        var attempt = new Attempt(Optional.empty(), () -> {});
        try {
            attempt = call.job.run();
        } finally {
            ended(call, attempt, started);
        }
    }

    private void ended(Waiting call, Attempt attempt, Instant started) {
        var isPutBack = false;
        List<Waiting> held = List.of();
        synchronized (this) {
            running--;
            var isKnown = pace.obstacle().isPresent();
            if (attempt.outage().isEmpty()) {
                pace.answered(clock.instant());
            } else {
                isPutBack = isOutage(call, attempt.outage().get(), started);
                held = isPutBack ? (isKnown ? List.of(call) : all()) : held;
            }
        }
        if (!isPutBack) {
            attempt.deliver().run();
        }
        for (var waiting : held) {
            obstacleTo(waiting).ifPresent(waiting.job::held);
        }
        startWhatMay();
    }

    /** A call that fails again although others were answered since has a problem of its own, which its route deals with. */
    private boolean isOutage(Waiting call, Failure failure, Instant started) {
        if (!pace.away(failure, started, clock.instant()) || pace.hasAnsweredSince(call.failed)) {
            probeLater();
            return false;
        }
        call.failed = clock.instant();
        lanes.get(call.urgency).addFirst(call);
        probeLater();
        return true;
    }

    private List<Waiting> all() {
        var all = new ArrayList<Waiting>();
        lanes.values().forEach(all::addAll);
        return all;
    }

    private void probeLater() {
        if (pace.obstacle().isPresent() && !isProbing) {
            isProbing = true;
            alarm.accept(pace.until(), () -> threads.execute(this::probe));
        }
    }

    private void probe() {
        var started = clock.instant();
        var problem = probe.get();
        synchronized (this) {
            isProbing = false;
            problem.ifPresentOrElse(
                    failure -> pace.away(failure, started, clock.instant()), () -> pace.answered(clock.instant()));
            probeLater();
        }
        startWhatMay();
    }
}
