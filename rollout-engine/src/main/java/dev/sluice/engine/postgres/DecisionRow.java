package dev.sluice.engine.postgres;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Problem;
import dev.sluice.schemas.wire.Json;
import io.vertx.sqlclient.Row;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hibernate.annotations.ColumnTransformer;

/** A decision as stored; written by {@code store.sql} alone, and never changed. */
@Entity
@Table(name = "decision")
public class DecisionRow {
    @Id
    @Column(name = "audit_id")
    String auditId;

    String application;
    long n;

    String decision;
    String target;
    String rollout;

    @Column(name = "event_type")
    String eventType;

    @Column(name = "event_id")
    String eventId;

    @Column(name = "event_reason")
    String eventReason;

    @Column(name = "event_via")
    String eventVia;

    String actor;
    String reason;

    @ColumnTransformer(read = "cast(errors as text)")
    String errors;

    @ColumnTransformer(read = "cast(before as text)")
    String before;

    @ColumnTransformer(read = "cast(after as text)")
    String after;

    @Column(name = "decided_at")
    Instant decidedAt;

    /** Of a row that was read without Hibernate, its columns named as here. */
    static DecisionRow of(Row columns) {
        var row = new DecisionRow();
        row.auditId = columns.getString("audit_id");
        row.application = columns.getString("application");
        row.n = columns.getLong("n");
        row.decision = columns.getString("decision");
        row.target = columns.getString("target");
        row.rollout = columns.getString("rollout");
        row.eventType = columns.getString("event_type");
        row.eventId = columns.getString("event_id");
        row.eventReason = columns.getString("event_reason");
        row.eventVia = columns.getString("event_via");
        row.actor = columns.getString("actor");
        row.reason = columns.getString("reason");
        row.errors = columns.getString("errors");
        row.before = columns.getString("before");
        row.after = columns.getString("after");
        row.decidedAt = columns.getOffsetDateTime("decided_at").toInstant();
        return row;
    }

    Audit toAudit() {
        return new Audit(
                auditId,
                decision,
                application,
                target,
                rollout,
                new Audit.EventRef(eventType, eventId, eventReason, eventVia),
                actor,
                reason,
                read(errors, new TypeReference<List<Problem>>() {}),
                read(before, new TypeReference<Map<String, Object>>() {}),
                read(after, new TypeReference<Map<String, Object>>() {}),
                decidedAt);
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return json == null ? null : Json.mapper().readValue(json, type);
        } catch (IOException e) {
            throw new UncheckedIOException("what was stored can be read again", e);
        }
    }
}
