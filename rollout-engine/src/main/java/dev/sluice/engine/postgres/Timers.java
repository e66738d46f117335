package dev.sluice.engine.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** When applications have something to do by themselves. */
@ApplicationScoped
public class Timers {

    /** Applications with a wake-up at or before this instant, by name from {@code after} on. */
    public Uni<List<String>> due(StatelessSession session, Instant now, String after, int most) {
        return session.createNativeQuery("""
                        select distinct application from timer where due_at <= :now and application > :after
                        order by application limit :most
                        """, String.class)
                .setParameter("now", Sql.time(now))
                .setParameter("after", after)
                .setParameter("most", most)
                .getResultList();
    }

    /** The earliest wake-up that is still to come. */
    public Uni<Optional<Instant>> next(StatelessSession session, Instant now) {
        return session.createNativeQuery(
                        "select due_at from timer where due_at > :now order by due_at limit 1", OffsetDateTime.class)
                .setParameter("now", Sql.time(now))
                .getResultList()
                .map(rows -> rows.stream().findFirst().map(OffsetDateTime::toInstant));
    }

    /** Takes these applications' due wake-ups away; the state that follows puts back what it still needs. */
    public Uni<Integer> clear(StatelessSession session, Set<String> applications, Instant now) {
        return session.createNativeQuery("""
                        delete from timer where due_at <= :now and application in
                        (select jsonb_array_elements_text(cast(cast(:names as text) as jsonb)))
                        """)
                .setParameter("now", Sql.time(now))
                .setParameter("names", Sql.json(applications))
                .executeUpdate();
    }

    /** How many wake-ups should have been fired before this instant. */
    public Uni<Long> late(StatelessSession session, Instant before) {
        return session.createNativeQuery("select count(*) from timer where due_at < :before", Long.class)
                .setParameter("before", Sql.time(before))
                .getSingleResult();
    }
}
