package dev.sluice.engine.postgres;

import dev.sluice.engine.core.State;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.ColumnTransformer;

/** An application as stored; written by {@code store.sql} alone. */
@Entity
@Table(name = "application")
public class ApplicationRow {
    @Id
    String name;

    /** JSON, or null before the first decision. */
    @ColumnTransformer(read = "cast(state as text)")
    String state;

    String phase;

    @Column(name = "degraded")
    int degraded;

    /** Which form {@link #state} has; this version writes {@value #STATE_FORMAT}, as does {@code store.sql}. */
    @Column(name = "state_format")
    int stateFormat;

    static final int STATE_FORMAT = 1;

    /**
     * Without its routes, which are rows of their own.
     *
     * @throws StateTooNew where a later version stored it
     */
    State toState() {
        return state(name, state, stateFormat);
    }

    static State state(String name, String state, int format) {
        if (format > STATE_FORMAT) {
            throw new StateTooNew("the state of " + name + " was stored by a later version, in form " + format
                    + "; this one knows " + STATE_FORMAT + " and leaves it to that version: upgrade this engine");
        }
        return state == null ? State.empty(name) : Sql.read(state, State.class);
    }
}
