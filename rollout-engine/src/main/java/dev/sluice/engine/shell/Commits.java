package dev.sluice.engine.shell;

import dev.sluice.engine.postgres.CommandIds.CommandId;
import dev.sluice.engine.postgres.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * News of commits, this instance's and others': what makes the relay, the timers and waiting readers go on at once
 * instead of looking again and again.
 */
@ApplicationScoped
public class Commits {
    /**
     * A commit of this instance.
     *
     * @param wakeUps when the applications concerned have something to do by themselves
     * @param commands that led to something
     * @param orders that it stored, in their order
     * @param others whether earlier orders were still on their way out, so that these may have to wait for them
     * @param beside whether it stored other messages than orders
     * @param calls whether it stored calls to be made
     */
    record News(
            List<Instant> wakeUps,
            Collection<CommandId> commands,
            List<Outbox.Row> orders,
            boolean others,
            boolean beside,
            boolean calls) {}

    private final List<Runnable> elsewhere = new CopyOnWriteArrayList<>();
    private final List<Consumer<News>> listeners = new CopyOnWriteArrayList<>();

    /** For this instance's commits; of one application's, in their order. */
    void onCommit(Consumer<News> listener) {
        listeners.add(listener);
    }

    /** For commits of other instances. */
    void onCommitElsewhere(Runnable listener) {
        elsewhere.add(listener);
    }

    void happened(News news) {
        listeners.forEach(listener -> listener.accept(news));
    }

    /** Another instance committed, and nobody tells what. */
    void elsewhere() {
        elsewhere.forEach(Runnable::run);
    }
}
