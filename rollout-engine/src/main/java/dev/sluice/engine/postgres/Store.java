package dev.sluice.engine.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Writes all changes of a transaction with one statement: one round trip, whatever they are. */
@ApplicationScoped
public class Store {
    private static final String STATEMENT = Sql.file("store.sql");

    public Uni<Void> write(StatelessSession session, Changes changes) {
        if (changes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return session.createNativeQuery(STATEMENT)
                .setParameter("changes", Sql.json(changes))
                .executeUpdate()
                .replaceWithVoid();
    }
}
