package dev.sluice.engine.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** What this engine's instances seal commands with. Whoever reads it could have written the state itself. */
@ApplicationScoped
public class SealingKey {
    private static final int BYTES = 32;

    private final Database database;
    private final SecureRandom random = new SecureRandom();
    private volatile byte[] known;

    SealingKey(Database database) {
        this.database = database;
    }

    /**
     * Blocks, at most once.
     *
     * @throws StorageUnavailable while it is not known and can't be asked for
     */
    public byte[] now() {
        if (known == null) {
            var proposed = new byte[BYTES];
            random.nextBytes(proposed);
            database.alone(session -> make(session, proposed));
            known = database.alone(SealingKey::find);
        }
        return known.clone();
    }

    private static Uni<Integer> make(StatelessSession session, byte[] proposed) {
        return session.createNativeQuery("insert into sealing_key (key) values (:key) on conflict do nothing")
                .setParameter("key", proposed)
                .executeUpdate();
    }

    private static Uni<byte[]> find(StatelessSession session) {
        return session.createNativeQuery("select key from sealing_key", byte[].class)
                .getSingleResult();
    }
}
