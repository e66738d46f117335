package dev.sluice.engine.postgres;

import dev.sluice.engine.core.state.State;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Set;
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

    /** Which form {@link #state} has: see {@link StateForm}. */
    @Column(name = "state_format")
    int stateFormat;

    @Column(name = "plan_id")
    String planId;

    /** JSON, or null where there is no rollout. */
    @ColumnTransformer(read = "cast(plan as text)")
    String plan;

    State toState(StateForm form) {
        return form.decode(name, new StateForm.Stored(state, stateFormat, planId, plan), Set.of(name));
    }
}
