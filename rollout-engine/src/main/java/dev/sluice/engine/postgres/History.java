package dev.sluice.engine.postgres;

import dev.sluice.engine.core.told.Past;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** An application's rollouts, those of long ago included. */
@ApplicationScoped
public class History {

    /**
     * @param phase the rollout's one phase, as in status
     * @param endedAt null while it runs
     * @param targets what became of each; empty while it runs, and where an earlier version ended it
     */
    public record Entry(
            String rollout,
            String revision,
            String phase,
            String actor,
            Instant startedAt,
            Instant endedAt,
            List<Past> targets) {}

    /** As its column has it. */
    public static String json(List<Past> targets) {
        return Sql.json(targets);
    }

    /** Started before {@code before}, the newest first. */
    public Uni<List<Entry>> of(StatelessSession session, String application, Instant before, int most) {
        return session.createNativeQuery("""
                        select r.id, r.revision, r.phase, r.actor, r.started_at, r.ended_at, cast(r.past as text)
                        from rollout r where r.application = :application and r.started_at < :before
                        order by r.started_at desc, r.id limit :most
                        """, Object[].class)
                .setParameter("application", application)
                .setParameter("before", Sql.time(before))
                .setParameter("most", most)
                .getResultList()
                .map(rows -> rows.stream().map(History::entry).toList());
    }

    private static Entry entry(Object[] row) {
        return new Entry(
                (String) row[0],
                (String) row[1],
                (String) row[2],
                (String) row[3],
                time(row[4]),
                time(row[5]),
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
