package dev.sluice.engine.postgres;

import dev.sluice.engine.core.told.WebhookCall;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Calls of webhooks on their way out. A row is there until what its answer led to is stored. */
@ApplicationScoped
public class WebhookCallRows {
    /** @param call JSON, as {@link #read} reads it */
    public record Claimed(String id, String host, Duration timeout, String call) {}

    /**
     * Calls that nobody makes; from now on this instance does, and for no longer than a call may take and {@code margin} more.
     * Every host has its turn, so that those that many wait for keep no other waiting.
     *
     * @param busy how many calls this instance makes now, by host
     * @param perHost the most of one host, with those
     */
    public Uni<List<Claimed>> claim(
            StatelessSession session, Map<String, Integer> busy, int perHost, int most, Duration margin) {
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
                                    where i.claimed_until is null or i.claimed_until < clock_timestamp()) as f
                                where f.turn <= :perHost order by f.turn, f.created_at limit :most))
                            and (w.claimed_until is null or w.claimed_until < clock_timestamp())
                            for update skip locked))
                        returning c.id, c.host, c.timeout_millis, cast(c.call as text)
                        """, Object[].class)
                .setParameter("margin", margin.toMillis())
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

    /** @throws IllegalStateException where another version wrote it in a form of its own */
    public static WebhookCall read(Claimed claimed) {
        return Sql.read(claimed.call(), WebhookCall.class);
    }

    /** Only for what can never be worked off; what was answered goes with its transaction. */
    public Uni<Integer> delete(StatelessSession session, String id) {
        return session.createNativeQuery("delete from webhook_call where id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    public Uni<Long> count(StatelessSession session) {
        return session.createNativeQuery("select count(*) from webhook_call", Long.class)
                .getSingleResult();
    }
}
