package dev.sluice.engine.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** When applications have something to do by themselves. */
@ApplicationScoped
public class Timers {
    private static final int MOST_LATE = 10_000;

    /**
     * Applications with a wake-up at or before this instant that nobody else is firing; from now on this instance is. Who
     * claims and dies is replaced when the claim is over. Takes no lock that anybody waits for.
     */
    public Uni<List<String>> claim(StatelessSession session, Instant now, Duration hold, int most) {
        // by place, for a join may be planned to read the whole table: nobody knows beforehand how many are due
        return session.createNativeQuery("""
                        update timer t set claimed_until = clock_timestamp() + :millis * interval '1 millisecond'
                        where t.ctid = any(array(
                            select ctid from timer
                            where due_at <= :now and (claimed_until is null or claimed_until < clock_timestamp())
                            order by due_at limit :most for update skip locked))
                        returning t.application
                        """, String.class)
                .setParameter("now", Sql.time(now))
                .setParameter("millis", hold.toMillis())
                .setParameter("most", most)
                .getResultList()
                .map(applications -> applications.stream().distinct().sorted().toList());
    }

    /** The earliest wake-up that is still to come. */
    public Uni<Optional<Instant>> next(StatelessSession session, Instant now) {
        return session.createNativeQuery(
                        "select due_at from timer where due_at > :now order by due_at limit 1", OffsetDateTime.class)
                .setParameter("now", Sql.time(now))
                .getResultList()
                .map(rows -> rows.stream().findFirst().map(OffsetDateTime::toInstant));
    }

    /** Takes the due wake-ups of applications that are locked away; the state that follows puts back what it still needs. */
    public Uni<Integer> clear(StatelessSession session, Set<String> applications, Instant now) {
        return session.createNativeQuery("""
                        delete from timer where due_at <= :now and application = any(array(
                            select jsonb_array_elements_text(cast(cast(:names as text) as jsonb))))
                        """)
                .setParameter("now", Sql.time(now))
                .setParameter("names", Sql.json(applications))
                .executeUpdate();
    }

    /** How many wake-ups should have been fired before this instant; counts no further than {@value #MOST_LATE}. */
    public Uni<Long> late(StatelessSession session, Instant before) {
        return session.createNativeQuery(
                        "select count(*) from (select 1 from timer where due_at < :before order by due_at limit :most) as late",
                        Long.class)
                .setParameter("before", Sql.time(before))
                .setParameter("most", MOST_LATE)
                .getSingleResult();
    }
}
