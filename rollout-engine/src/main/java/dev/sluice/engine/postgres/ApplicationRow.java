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

    /** Without its routes, which are rows of their own. */
    State toState() {
        return state(name, state);
    }

    static State state(String name, String state) {
        return state == null ? State.empty(name) : Sql.read(state, State.class);
    }
}
