package dev.sluice.engine.postgres;

import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/** Runs work in a transaction of its own, for callers that may block; none of them is on an event loop. */
@ApplicationScoped
public class Database {
    private final Mutiny.SessionFactory sessions;

    Database(Mutiny.SessionFactory sessions) {
        this.sessions = sessions;
    }

    /**
     * Commits when {@code work} gives an item, rolls back when it fails.
     *
     * @throws StorageUnavailable when nobody's data is at fault; the same again may succeed
     * @throws RuntimeException as {@code work} failed, otherwise
     */
    public <T> T transaction(Function<Mutiny.StatelessSession, Uni<T>> work) {
        return await(() -> sessions.withStatelessTransaction((session, transaction) -> work.apply(session)));
    }

    /** The same for one statement alone, which needs no transaction around it. */
    public <T> T alone(Function<Mutiny.StatelessSession, Uni<T>> work) {
        return await(() -> sessions.withStatelessSession(work));
    }

    /** Computes beside the event loop that a transaction is on, and comes back to it. */
    public static <T> Uni<T> besides(Supplier<T> work) {
        var context = Vertx.currentContext();
        return Uni.createFrom()
                .item(work)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .emitOn(next -> context.runOnContext(ignored -> next.run()));
    }

    private static <T> T await(Supplier<Uni<T>> work) {
        try {
            return VertxContextSupport.subscribeAndAwait(work);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw Failures.classified(e);
        }
    }
}
