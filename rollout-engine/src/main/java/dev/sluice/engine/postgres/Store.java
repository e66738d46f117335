package dev.sluice.engine.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Writes all changes of a transaction with one statement: one round trip, whatever they are. */
@ApplicationScoped
public class Store {
    private static final String STATEMENT = Sql.file("store.sql");

    /**
     * @param ids of the messages, in their order
     * @param others whether messages of the lane's topic from earlier transactions are still on their way out
     * @param version of every application that was stored, as {@link Unlocked} will read it; null where nothing was
     */
    public record Stored(List<Long> ids, boolean others, String version) {
        private static final Stored NOTHING = new Stored(List.of(), true, null);
    }

    /** Changes as they travel: made before a connection is taken, on the caller's thread. */
    public record Prepared(Optional<String> json) {}

    public static Prepared prepare(Changes changes) {
        return new Prepared(changes.isEmpty() ? Optional.empty() : Optional.of(Sql.json(changes)));
    }

    /** Fails with {@link Stale} where the guard doesn't hold. */
    public Uni<Stored> write(StatelessSession session, Prepared changes) {
        if (changes.json().isEmpty()) {
            return Uni.createFrom().item(Stored.NOTHING);
        }
        return session.createNativeQuery(STATEMENT, Object[].class)
                .setParameter("changes", changes.json().get())
                .getSingleResult()
                .map(row -> new Stored(
                        List.of(Sql.read((String) row[0], Long[].class)), (Boolean) row[1], (String) row[2]));
    }
}
