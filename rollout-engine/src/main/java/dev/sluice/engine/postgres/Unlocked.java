package dev.sluice.engine.postgres;

import dev.sluice.engine.core.state.RouteRow;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.postgres.CommandIds.CommandId;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/**
 * Reads all that a transaction needs at once and takes no lock. Whether it is still so when the changes are stored is for
 * their {@link Changes.Guard} to say.
 */
@ApplicationScoped
public class Unlocked {
    private final StateForm form;

    Unlocked(StateForm form) {
        this.form = form;
    }

    /**
     * @param state without routes
     * @param version of the row, which every change of it changes, whoever makes it: PostgreSQL's {@code xmin}
     * @param routes that the application holds: whoever changes one changes its application too
     * @param known ids of commands that were taken up before
     */
    public record Seen(State state, String version, List<RouteRow> routes, Set<String> known) {}

    /** To be made sense of by {@link #seen}. */
    public record Read(List<Object[]> rows, StateForm.Known known) {}

    public Uni<Read> read(StatelessSession session, Set<String> applications, Collection<CommandId> commandIds) {
        var known = form.known(applications);
        return session.createNativeQuery("""
                        select a.name, cast(a.state as text), a.state_format, cast(a.xmin as text),
                            (select cast(jsonb_agg(jsonb_build_object('identity', r.identity, 'application',
                                    r.application, 'generation', r.generation, 'active', r.active, 'promoted',
                                    r.promoted)) as text)
                                from route r where r.application = a.name collate "default"),
                            (select cast(jsonb_agg(c.id) as text)
                                from jsonb_to_recordset(cast(cast(:ids as text) as jsonb))
                                    as i (application text, id text)
                                join command_id c on c.application = i.application and c.id = i.id
                                where i.application = a.name),
                            a.plan_id,
                            case when a.plan_id is distinct from cast(cast(:known as text) as jsonb) ->> a.name
                                then cast(a.plan as text) end
                        from application a
                        where a.name = any(array(
                            select jsonb_array_elements_text(cast(cast(:names as text) as jsonb))))
                        """, Object[].class)
                .setParameter("names", Sql.json(applications))
                .setParameter("ids", Sql.json(commandIds))
                .setParameter("known", known.ids())
                .getResultList()
                .map(rows -> new Read(rows, known));
    }

    /** By name; without those that have no row. For a thread that isn't an event loop's. */
    public Map<String, Seen> seen(Read read) {
        return read.rows().stream()
                .map(row -> seen(row, read.known()))
                .collect(Collectors.toMap(one -> one.state().application(), Function.identity()));
    }

    private Seen seen(Object[] row, StateForm.Known known) {
        var name = (String) row[0];
        var stored =
                new StateForm.Stored((String) row[1], ((Number) row[2]).intValue(), (String) row[6], (String) row[7]);
        return new Seen(
                form.decode(name, stored, known),
                (String) row[3],
                routes((String) row[4]),
                row[5] == null ? Set.of() : Set.of(Sql.read((String) row[5], String[].class)));
    }

    private static List<RouteRow> routes(String json) {
        return json == null ? List.of() : List.of(Sql.read(json, RouteRow[].class));
    }
}
