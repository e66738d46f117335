package dev.sluice.engine.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Targets whose newest status is a last one; kept by {@code store.sql}. */
@ApplicationScoped
public class Statuses {
    /**
     * Takes the last messages of targets off these topics that were over before this instant. It takes their applications first,
     * as whoever lets a target begin anew does, and changes them, so that who has read one without a lock begins again: no
     * message of theirs gets a place before the tombstone that it follows. A target that runs keeps its messages, whatever the
     * table says.
     *
     * @return how many targets; an application that is being worked on is left to the next time
     */
    public Uni<Integer> forget(StatelessSession session, List<String> topics, Instant before, int most) {
        return session.createNativeQuery("""
                        with due as (
                            select ctid as place, application from status_over where since <= :before
                            order by since limit :most
                        ), locked as (
                            select a.name, a.state from application a
                            where a.name = any(array(select application from due))
                            order by a.name for update skip locked
                        ), forgotten as (
                            delete from status_over s
                            where s.ctid = any(array(
                                select d.place from due d where d.application in (select name from locked)))
                                and s.since <= :before
                            returning s.application, s.target
                        ), over as (
                            -- a version that doesn't know this table may have let the target begin anew
                            select f.application, f.target from forgotten f join locked l on l.name = f.application
                            where not exists (
                                select from jsonb_array_elements(case jsonb_typeof(l.state -> 'rollout')
                                        when 'object' then l.state -> 'rollout' -> 'targets' else cast('[]' as jsonb) end)
                                    as t (run)
                                where coalesce(t.run -> 'plan' ->> 'name', t.run ->> 'plan') = f.target
                                    and t.run -> 'position' -> 'stage' ->> 'type' <> 'ended')
                        ), changed as (
                            update application set updated_at = updated_at
                            where name = any(array(select application from over))
                        ), sent as (
                            insert into outbox (topic, key, value, headers)
                            select t.topic, convert_to(f.application || '/' || f.target, 'UTF8'), null, '[]'
                            from over f, jsonb_array_elements_text(cast(cast(:topics as text) as jsonb)) as t (topic)
                            order by 1, 2
                        )
                        select count(*) from forgotten
                        """, Long.class)
                .setParameter("before", Sql.time(before))
                .setParameter("most", most)
                .setParameter("topics", Sql.json(topics))
                .getSingleResult()
                .map(Long::intValue);
    }
}
