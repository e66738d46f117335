package dev.sluice.engine.postgres;

import dev.sluice.engine.core.told.Past;
import dev.sluice.schemas.message.Phase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** An application's rollouts, those of long ago included. */
@ApplicationScoped
public class History {

    /**
     * @param phase the rollout's one phase, as in status
     * @param endedAt null while it runs
     * @param assessment what somebody thinks of it, looking back; null where nobody said
     * @param targets what became of each; empty while it runs, and where an earlier version ended it
     */
    public record Entry(
            String rollout,
            String revision,
            String phase,
            String actor,
            Instant startedAt,
            Instant endedAt,
            Assessed assessment,
            List<Past> targets) {}

    /**
     * @param ending {@code wrong} or {@code right}
     * @param reason null where none was given
     */
    public record Assessed(String ending, String actor, String reason, Instant at) {}

    public record RolloutId(String application, String id) {}

    /** As its column has it. */
    public static String json(List<Past> targets) {
        return Sql.json(targets);
    }

    /** Started before {@code before}, the newest first. */
    public Uni<List<Entry>> of(StatelessSession session, String application, Instant before, int most) {
        return session.createNativeQuery("""
            select r.id, r.revision, r.phase, r.actor, r.started_at, r.ended_at, cast(r.past as text),
                a.ending, a.actor as assessor, a.reason, a.assessed_at
            from rollout r left join assessment a on a.application = r.application and a.rollout = r.id
            where r.application = :application and r.started_at < :before
            order by r.started_at desc, r.id limit :most
            """, Object[].class)
                .setParameter("application", application)
                .setParameter("before", Sql.time(before))
                .setParameter("most", most)
                .getResultList()
                .map(rows -> rows.stream().map(History::entry).toList());
    }

    /** Where these stand; those that nobody knows are left out. */
    public Uni<Map<RolloutId, Phase>> phases(StatelessSession session, Collection<RolloutId> named) {
        if (named.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return session.createNativeQuery("""
            select r.application, r.id, r.phase
            from jsonb_to_recordset(cast(cast(:named as text) as jsonb)) as n (application text, id text)
            join rollout r on r.application = n.application and r.id = n.id
            """, Object[].class)
                .setParameter("named", Sql.json(named))
                .getResultList()
                .map(rows -> rows.stream()
                        .collect(Collectors.toMap(
                                row -> new RolloutId((String) row[0], (String) row[1]),
                                row -> Phase.of((String) row[2]).orElseThrow())));
    }

    private static Entry entry(Object[] row) {
        return new Entry(
                (String) row[0],
                (String) row[1],
                (String) row[2],
                (String) row[3],
                time(row[4]),
                time(row[5]),
                row[7] == null ? null : new Assessed((String) row[7], (String) row[8], (String) row[9], time(row[10])),
                row[6] == null ? List.of() : List.of(Sql.read((String) row[6], Past[].class)));
    }

    private static Instant time(Object column) {
        return switch (column) {
            case null -> null;
            case Instant instant -> instant;
            case OffsetDateTime offset -> offset.toInstant();
            default -> throw new IllegalStateException("a time as " + column.getClass());
        };
    }
}
