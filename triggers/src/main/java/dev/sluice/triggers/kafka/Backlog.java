package dev.sluice.triggers.kafka;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/** What is still to be sent, in order: a few at once, and never again what was. */
final class Backlog<T> {
    private static final int AT_ONCE = 100;

    private final Deque<T> left;

    Backlog(Collection<T> all) {
        left = new ArrayDeque<>(all);
    }

    /** @param send returns once all that it was given is sent; where it throws, these come first next time */
    void send(Consumer<List<T>> send) {
        while (!left.isEmpty()) {
            var next = left.stream().limit(AT_ONCE).toList();
            send.accept(next);
            next.forEach(sent -> left.removeFirst());
        }
    }
}
