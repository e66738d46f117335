package dev.sluice.engine.postgres;

import dev.sluice.engine.core.state.Freeze;
import dev.sluice.engine.core.state.State;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** The states of applications. Their rows are the engine's locks, taken in name order so that no two wait in a ring. */
@ApplicationScoped
public class Applications {
    /** What every name is like. */
    private static final String ANY = "%";

    private final StateForm form;

    Applications(StateForm form) {
        this.form = form;
    }

    /**
     * Locks these applications until the transaction ends.
     *
     * @param known only locked if they are there
     * @param wanted inserted if they are not: somebody commands them
     * @return a state for each, without routes; empty ones where there is no row
     */
    public Uni<Map<String, State>> lock(StatelessSession session, Set<String> known, Set<String> wanted) {
        return lockThere(session, known).chain(there -> {
            var missing =
                    wanted.stream().filter(name -> !there.containsKey(name)).toList();
            return missing.isEmpty()
                    ? Uni.createFrom().item(there)
                    : insert(session, missing).chain(() -> lockThere(session, known));
        });
    }

    /** Written out, for Hibernate Reactive's stateless sessions can't add a lock to a query by themselves. */
    private Uni<Map<String, State>> lockThere(StatelessSession session, Set<String> names) {
        var known = form.known(names);
        return session.createNativeQuery("""
                        select a.name, cast(a.state as text), a.state_format, a.plan_id,
                            case when a.plan_id is distinct from cast(cast(:known as text) as jsonb) ->> a.name
                                then cast(a.plan as text) end
                        from application a
                        where a.name = any(array(
                            select jsonb_array_elements_text(cast(cast(:names as text) as jsonb))))
                        order by a.name for update of a
                        """, Object[].class)
                .setParameter("names", Sql.json(names))
                .setParameter("known", known.ids())
                .getResultList()
                .map(rows -> byName(rows, known));
    }

    private static Uni<Integer> insert(StatelessSession session, Collection<String> names) {
        return session.createNativeQuery("""
                        insert into application (name, updated_at)
                        select name, now() from jsonb_array_elements_text(cast(cast(:names as text) as jsonb)) as n (name)
                        order by name on conflict do nothing
                        """)
                .setParameter("names", Sql.json(names))
                .executeUpdate();
    }

    private Map<String, State> byName(List<Object[]> rows, StateForm.Known known) {
        var states = new HashMap<String, State>();
        for (var row : rows) {
            var name = (String) row[0];
            var format = ((Number) row[2]).intValue();
            var stored = new StateForm.Stored((String) row[1], format, (String) row[3], (String) row[4]);
            states.put(name, form.decode(name, stored, known));
        }
        return states;
    }

    /** The state that keeps the freezes, as it is now; nobody waits for who reads it. Its row is made where somebody deleted it. */
    public Uni<State> freezes(StatelessSession session) {
        return find(session, Freeze.APPLICATION)
                .chain(found -> found.isPresent()
                        ? Uni.createFrom().item(found.get())
                        : insert(session, List.of(Freeze.APPLICATION)).replaceWith(State.empty(Freeze.APPLICATION)));
    }

    public Uni<Optional<State>> find(StatelessSession session, String name) {
        return session.createSelectionQuery("from ApplicationRow a where a.name = :name", ApplicationRow.class)
                .setParameter("name", name)
                .getResultList()
                .map(rows -> rows.stream().findFirst().map(row -> row.toState(form)));
    }

    /**
     * @param names as in {@code like}: any of them
     * @param phase as in status; null for any. By name, from {@code after} on.
     */
    public Uni<List<State>> list(StatelessSession session, List<String> names, String phase, String after, int most) {
        if (names.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var limiting = names.contains(ANY) ? List.<String>of() : names;
        var query = session.createSelectionQuery("""
                        from ApplicationRow a where a.phase is not null and a.name > :after
                        and (:phase is null or a.phase = :phase) and (%s) order by a.name
                        """.formatted(isAnyOf(limiting.size())), ApplicationRow.class)
                .setParameter("after", after == null ? "" : after)
                .setParameter("phase", phase)
                .setMaxResults(most);
        for (int i = 0; i < limiting.size(); i++) {
            query.setParameter("name" + i, limiting.get(i));
        }
        return query.getResultList()
                .map(rows -> rows.stream().map(row -> row.toState(form)).toList());
    }

    private static String isAnyOf(int names) {
        return names == 0
                ? "true"
                : IntStream.range(0, names)
                        .mapToObj(i -> "a.name like :name" + i)
                        .collect(Collectors.joining(" or "));
    }

    /** How many targets hang in a rollback whose deadline has passed. */
    public Uni<Long> degraded(StatelessSession session) {
        return session.createSelectionQuery(
                        "select coalesce(sum(a.degraded), 0) from ApplicationRow a where a.degraded > 0", Long.class)
                .getSingleResult();
    }
}
