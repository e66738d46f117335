package dev.sluice.engine.postgres;

import dev.sluice.engine.core.told.WebhookCall;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Calls of webhooks on their way out. A row is there until what its answer led to is stored. */
@ApplicationScoped
public class WebhookCallRows {
    /** The form that this version writes, the column's default, and the newest that it reads. */
    private static final int FORMAT = 1;

    /** @param call JSON, as {@link #read} reads it */
    public record Claimed(String id, String host, Duration timeout, String call) {}

    /**
     * Calls that nobody makes; from now on this instance does, and for no longer than a call may take and {@code margin} more.
     * Every host has its turn, so that those that many wait for keep no other waiting. What a later version wrote is left to it (B42).
     *
     * @param left calls that turned out to be such
     * @param busy how many calls this instance makes now, by host
     * @param perHost the most of one host, with those
     */
    public Uni<List<Claimed>> claim(
            StatelessSession session,
            Set<String> left,
            Map<String, Integer> busy,
            int perHost,
            int most,
            Duration margin) {
        return session.createNativeQuery("""
                        update webhook_call c set claimed_until =
                            clock_timestamp() + (c.timeout_millis + :margin) * interval '1 millisecond'
                        where c.id = any(array(
                            select w.id from webhook_call w
                            where w.id = any(array(
                                select f.id from (
                                    select i.id, i.host, i.created_at,
                                        row_number() over (partition by i.host order by i.created_at, i.id)
                                            + coalesce(cast(cast(cast(:busy as text) as jsonb) ->> i.host as integer), 0)
                                            as turn
                                    from webhook_call i
                                    where (i.claimed_until is null or i.claimed_until < clock_timestamp())
                                    and i.format <= :format
                                    and i.id <> all(array(
                                        select jsonb_array_elements_text(cast(cast(:left as text) as jsonb))))) as f
                                where f.turn <= :perHost order by f.turn, f.created_at limit :most))
                            and (w.claimed_until is null or w.claimed_until < clock_timestamp())
                            for update skip locked))
                        returning c.id, c.host, c.timeout_millis, cast(c.call as text)
                        """, Object[].class)
                .setParameter("margin", margin.toMillis())
                .setParameter("format", FORMAT)
                .setParameter("left", Sql.json(left))
                .setParameter("busy", Sql.json(busy))
                .setParameter("perHost", perHost)
                .setParameter("most", most)
                .getResultList()
                .map(rows -> rows.stream().map(WebhookCallRows::claimed).toList());
    }

    private static Claimed claimed(Object[] row) {
        return new Claimed(
                (String) row[0], (String) row[1], Duration.ofMillis(((Number) row[2]).longValue()), (String) row[3]);
    }

    /** @throws IllegalStateException where a later version wrote it in a form of its own */
    public static WebhookCall read(Claimed claimed) {
        return Sql.read(claimed.call(), WebhookCall.class);
    }

    /** Only for what can never be worked off; what was answered goes with its transaction. */
    public Uni<Integer> delete(StatelessSession session, String id) {
        return session.createNativeQuery("delete from webhook_call where id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    /** Nobody makes it any more: whoever comes next may. */
    public Uni<Integer> release(StatelessSession session, String id) {
        return session.createNativeQuery("update webhook_call set claimed_until = null where id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    /**
     * Calls of a later version that nobody makes, the oldest first.
     *
     * @param unreadable those that turned out to be such
     */
    public Uni<List<String>> left(StatelessSession session, Set<String> unreadable) {
        return session.createNativeQuery("""
                        select id from webhook_call
                        where (format > :format or id = any(array(
                            select jsonb_array_elements_text(cast(cast(:unreadable as text) as jsonb)))))
                        and (claimed_until is null or claimed_until < clock_timestamp())
                        order by created_at, id
                        """, String.class)
                .setParameter("format", FORMAT)
                .setParameter("unreadable", Sql.json(unreadable))
                .getResultList();
    }

    public Uni<Long> count(StatelessSession session) {
        return session.createNativeQuery("select count(*) from webhook_call", Long.class)
                .getSingleResult();
    }
}
