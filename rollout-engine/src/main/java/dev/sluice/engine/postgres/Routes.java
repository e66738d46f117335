package dev.sluice.engine.postgres;

import dev.sluice.engine.core.state.RouteRow;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/**
 * Who holds which route. Rows are never deleted: what was once known of a route's generations stays, also when its orders are
 * off their topic.
 */
@ApplicationScoped
public class Routes {
    private static final int OBJECT_SEGMENTS = 4;

    /** {@code cluster/namespace/plural.group/name} of a route's identity: the object without the rule. */
    public static String object(String identity) {
        int end = -1;
        for (int segment = 0; segment < OBJECT_SEGMENTS; segment++) {
            int next = identity.indexOf('/', end + 1);
            if (next < 0) {
                return identity;
            }
            end = next;
        }
        return identity.substring(0, end);
    }

    /**
     * Locks, in the order of their identities, every route that these applications hold and every route of the objects
     * that these identities name.
     */
    public Uni<Map<String, RouteRow>> lock(StatelessSession session, Set<String> applications, Set<String> identities) {
        var objects = identities.stream().map(Routes::object).collect(Collectors.toSet());
        return claim(session, identities, objects)
                .chain(() -> select(session, applications, objects, "for update of r"));
    }

    /** The same, as they are at this moment, without a lock and without rows for those that have none. */
    public Uni<Map<String, RouteRow>> glance(
            StatelessSession session, Set<String> applications, Set<String> identities) {
        return select(
                session, applications, identities.stream().map(Routes::object).collect(Collectors.toSet()), "");
    }

    /**
     * Makes rows for routes named for the first time, and takes the rows of their objects: of two applications that name
     * parts of one object at once, the second waits here, and then sees what the first has taken (B33).
     */
    private static Uni<Integer> claim(StatelessSession session, Set<String> identities, Set<String> objects) {
        if (identities.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        var named = new TreeSet<>(identities);
        named.addAll(objects);
        var rows = named.stream()
                .map(identity -> Map.of("identity", identity, "object", object(identity)))
                .toList();
        return session.createNativeQuery("""
                        insert into route (identity, object, generation)
                        select r.identity, r.object, 0
                        from jsonb_to_recordset(cast(cast(:rows as text) as jsonb)) as r (identity text, object text)
                        order by r.identity collate "C"
                        on conflict (identity) do update set object = excluded.object
                        """)
                .setParameter("rows", Sql.json(rows))
                .executeUpdate();
    }

    private static Uni<Map<String, RouteRow>> select(
            StatelessSession session, Set<String> applications, Set<String> objects, String locking) {
        return session.createNativeQuery("""
                        select r.identity, r.application, r.generation, r.active, r.promoted, r.released_at
                        from route r
                        where r.application = any(array(
                                select jsonb_array_elements_text(cast(cast(:applications as text) as jsonb))))
                           or r.object = any(array(
                                select jsonb_array_elements_text(cast(cast(:objects as text) as jsonb))))
                        order by r.identity
                        """ + locking, Object[].class)
                .setParameter("applications", Sql.json(applications))
                .setParameter("objects", Sql.json(objects))
                .getResultList()
                .map(rows -> rows.stream().map(Routes::row).collect(Collectors.toMap(RouteRow::identity, row -> row)));
    }

    private static RouteRow row(Object[] columns) {
        return new RouteRow(
                (String) columns[0],
                (String) columns[1],
                ((Number) columns[2]).longValue(),
                (String) columns[3],
                (Boolean) columns[4],
                Sql.instant(columns[5]));
    }

    /**
     * Takes the last orders of routes off their topic that were released before this instant and are still free. Whoever claims
     * one takes its row first: the order that begins a new rollout is given its place behind this tombstone, or in its stead.
     *
     * @param topic of orders
     * @return how many; fewer than {@code most} where no more are due
     */
    public Uni<Integer> forget(StatelessSession session, String topic, Instant before, int most) {
        // by place, as timers are claimed: a join may be planned to read the whole table
        return session.createNativeQuery("""
                        with forgotten as (
                            update route set released_at = null
                            where ctid = any(array(
                                select ctid from route where released_at <= :before and application is null
                                order by released_at limit :most for update skip locked))
                            returning identity
                        )
                        insert into outbox (topic, key, value, headers)
                        select :topic, convert_to(identity, 'UTF8'), null, '[]' from forgotten order by identity
                        """)
                .setParameter("topic", topic)
                .setParameter("before", Sql.time(before))
                .setParameter("most", most)
                .executeUpdate();
    }
}
