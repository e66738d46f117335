package dev.sluice.engine.postgres;

import dev.sluice.schemas.message.Audit;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Reads the audit. */
@ApplicationScoped
public class Decisions {

    /** The newest first. */
    public Uni<List<Audit>> newest(StatelessSession session, String application, int most) {
        return session.createSelectionQuery(
                        "from DecisionRow d where d.application = :application order by d.n desc", DecisionRow.class)
                .setParameter("application", application)
                .setMaxResults(most)
                .getResultList()
                .map(rows -> rows.stream().map(DecisionRow::toAudit).toList());
    }

    /** What one event led to, in the order it was decided. */
    public Uni<List<Audit>> ofEvent(StatelessSession session, String application, String event) {
        return session.createSelectionQuery(
                        "from DecisionRow d where d.application = :application and d.eventId = :event order by d.n",
                        DecisionRow.class)
                .setParameter("application", application)
                .setParameter("event", event)
                .getResultList()
                .map(rows -> rows.stream().map(DecisionRow::toAudit).toList());
    }
}
