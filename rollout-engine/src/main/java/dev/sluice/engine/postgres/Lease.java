package dev.sluice.engine.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Who relays a lane of the outbox, by the database's clock. */
@ApplicationScoped
public class Lease {

    /** Takes the lease, or keeps it; false while another holds it. */
    public Uni<Boolean> take(StatelessSession session, String name, String holder, Duration length) {
        return session.createNativeQuery("""
                        update relay_lease
                        set holder = :holder, held_until = clock_timestamp() + :millis * interval '1 millisecond'
                        where name = :name and (holder is null or holder = :holder or held_until < clock_timestamp())
                        """)
                .setParameter("name", name)
                .setParameter("holder", holder)
                .setParameter("millis", length.toMillis())
                .executeUpdate()
                .map(taken -> taken > 0);
    }

    /** Keeps it only while it is still this holder's: who lost it has to take over anew. */
    public Uni<Boolean> renew(StatelessSession session, String name, String holder, Duration length) {
        return session.createNativeQuery("""
                        update relay_lease set held_until = clock_timestamp() + :millis * interval '1 millisecond'
                        where name = :name and holder = :holder
                        """)
                .setParameter("name", name)
                .setParameter("holder", holder)
                .setParameter("millis", length.toMillis())
                .executeUpdate()
                .map(kept -> kept > 0);
    }

    public Uni<Integer> release(StatelessSession session, String name, String holder) {
        return session.createNativeQuery("update relay_lease set holder = null where name = :name and holder = :holder")
                .setParameter("name", name)
                .setParameter("holder", holder)
                .executeUpdate();
    }
}
