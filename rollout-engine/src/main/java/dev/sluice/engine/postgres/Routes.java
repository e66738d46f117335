package dev.sluice.engine.postgres;

import dev.sluice.engine.core.RouteRow;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Who holds which route. Rows are never deleted: what was once known of a route's generations stays. */
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
        return claim(session, identities, objects).chain(() -> select(session, applications, objects));
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
            StatelessSession session, Set<String> applications, Set<String> objects) {
        return session.createNativeQuery("""
                        select r.identity, r.application, r.generation, r.active, r.promoted from route r
                        where r.application = any(array(
                                select jsonb_array_elements_text(cast(cast(:applications as text) as jsonb))))
                           or r.object = any(array(
                                select jsonb_array_elements_text(cast(cast(:objects as text) as jsonb))))
                        order by r.identity for update of r
                        """, Object[].class)
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
                (Boolean) columns[4]);
    }
}
