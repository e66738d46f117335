package dev.sluice.engine.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** The audit's partitions, one a day: made ahead, and dropped whole. See {@code V7}. */
@ApplicationScoped
public class DecisionDays {
    /** Whoever stores decisions waits behind this no longer; then it is tried again another time. */
    private static final String PATIENCE = "200ms";

    /** Whether this instance is the one to do it, until the transaction ends. */
    public Uni<Boolean> claim(StatelessSession session) {
        return session.createNativeQuery(
                        "select pg_try_advisory_xact_lock(hashtext('sluice decision days'))"
                                + " and set_config('lock_timeout', '" + PATIENCE + "', true) is not null",
                        Boolean.class)
                .getSingleResult();
    }

    /** Makes the day of {@code now}, by UTC, and as many after it. */
    public Uni<Void> make(StatelessSession session, Instant now, int ahead) {
        return session.createNativeQuery("""
                        select cast(decision_day(cast(cast(:day as text) as date) + i) as text)
                        from generate_series(0, :ahead) as i
                        """, String.class)
                .setParameter("day", LocalDate.ofInstant(now, ZoneOffset.UTC).toString())
                .setParameter("ahead", ahead)
                .getResultList()
                .replaceWithVoid();
    }

    /** @return how many were dropped; {@code most} where there may be more of them */
    public Uni<Integer> drop(StatelessSession session, Instant ended, int most) {
        return session.createNativeQuery("select drop_decision_days(:ended, :most)", Integer.class)
                .setParameter("ended", Sql.time(ended))
                .setParameter("most", most)
                .getSingleResult();
    }
}
