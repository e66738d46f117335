package dev.sluice.engine.postgres;

import dev.sluice.schemas.message.Audit;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/** Reads the audit. */
@ApplicationScoped
public class AuditLog {

    /**
     * The newest first.
     *
     * @param before decisions of a lower number alone
     * @param since the days before are not looked into
     */
    public Uni<List<Audit>> newest(StatelessSession session, String application, long before, Instant since, int most) {
        return session.createSelectionQuery("""
                        from DecisionRow d where d.application = :application and d.n < :before and d.decidedAt >= :since
                        order by d.n desc
                        """, DecisionRow.class)
                .setParameter("application", application)
                .setParameter("before", before)
                .setParameter("since", since)
                .setMaxResults(most)
                .getResultList()
                .map(rows -> rows.stream().map(DecisionRow::toAudit).toList());
    }
}
