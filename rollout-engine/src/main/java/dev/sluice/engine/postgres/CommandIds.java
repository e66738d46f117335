package dev.sluice.engine.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Which commands have been taken up, by application and id. */
@ApplicationScoped
public class CommandIds {
    public record CommandId(String application, String id) {}

    /** Remembers these ids; returns those that nobody had remembered before. */
    public Uni<Set<CommandId>> remember(StatelessSession session, Collection<CommandId> ids, Instant now) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return session.createNativeQuery("""
                        insert into command_id (application, id, received_at)
                        select i.application, i.id, :now
                        from jsonb_to_recordset(cast(cast(:ids as text) as jsonb)) as i (application text, id text)
                        order by 1, 2
                        on conflict do nothing
                        returning application, id
                        """, Object[].class)
                .setParameter("now", Sql.time(now))
                .setParameter("ids", Sql.json(ids))
                .getResultList()
                .map(rows -> {
                    var fresh = new HashSet<CommandId>();
                    rows.forEach(row -> fresh.add(new CommandId((String) row[0], (String) row[1])));
                    return fresh;
                });
    }

    public Uni<Integer> forgetBefore(StatelessSession session, Instant oldest) {
        return session.createNativeQuery("delete from command_id where received_at < :oldest")
                .setParameter("oldest", Sql.time(oldest))
                .executeUpdate();
    }
}
