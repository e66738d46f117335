package dev.sluice.gate.kafka;

import dev.sluice.gate.core.GateEvent;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** How other threads reach the one that owns the windows: they leave an event and wake it from its poll. */
final class Mailbox {
    private final Queue<GateEvent> events = new ConcurrentLinkedQueue<>();
    private final Runnable wake;
    private volatile RuntimeException failure;

    Mailbox(Runnable wake) {
        this.wake = wake;
    }

    void post(GateEvent event) {
        events.add(event);
        wake.run();
    }

    /** Something that the owner waits for has happened. */
    void wake() {
        wake.run();
    }

    /** The owner cannot go on without the sender. */
    void fail(RuntimeException cause) {
        failure = cause;
        wake.run();
    }

    /** Hands over what has come, in order. */
    void drain(Consumer<GateEvent> to) {
        if (failure != null) {
            throw failure;
        }
        for (var event = events.poll(); event != null; event = events.poll()) {
            to.accept(event);
        }
    }
}
