package dev.sluice.engine.postgres;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.postgres.CommandIds.CommandId;
import dev.sluice.schemas.message.Audit;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;

/**
 * What commands led to, for any number of clients that wait for it, on connections of its own: however many ask, and however slow
 * the answers are, those who decide have theirs. All calls block.
 */
@ApplicationScoped
public class Outcomes {
    private static final String OF_EVENT = """
            select audit_id, application, n, decision, target, rollout, event_type, event_id, event_reason, event_via, actor, reason,
                cast(errors as text) as errors, cast(before as text) as before, cast(after as text) as after, decided_at
            from decision where application = $1 and event_id = $2 and decided_at >= $3 order by n
            """;
    /** Laterally and one of each, for a join may be planned to read whole days. */
    private static final String DECIDED = """
            select i.application, i.id
            from jsonb_to_recordset(cast(cast($1 as text) as jsonb)) as i (application text, id text),
            lateral (
                select 1 from decision d
                where d.application = i.application and d.event_id = i.id and d.decided_at >= $2 limit 1
            ) as any_decision
            """;
    /** Longer than the database works on a statement. */
    private static final long LONGEST_SECONDS = 60;

    private final Pools pools;
    private final int connections;
    private Pool pool;

    Outcomes(Pools pools, EngineConfig config) {
        this.pools = pools;
        this.connections = config.commands().connections();
    }

    /** What one event led to since then, in the order it was decided. */
    public List<Audit> ofEvent(CommandId command, Instant since) {
        var asked = Tuple.of(command.application(), command.id(), Sql.time(since));
        var rows = await(pool().preparedQuery(OF_EVENT).execute(asked));
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> DecisionRow.of(row).toAudit())
                .toList();
    }

    /** Which of these have led to something since then. */
    public Set<CommandId> decided(Collection<CommandId> commands, Instant since) {
        var rows = await(pool().preparedQuery(DECIDED).execute(Tuple.of(Sql.json(commands), Sql.time(since))));
        var found = new HashSet<CommandId>();
        for (Row row : rows) {
            found.add(new CommandId(row.getString(0), row.getString(1)));
        }
        return found;
    }

    private synchronized Pool pool() {
        if (pool == null) {
            pool = pools.another("sluice-waiting", connections);
        }
        return pool;
    }

    @PreDestroy
    synchronized void close() {
        if (pool != null) {
            var unused = pool.close();
        }
    }

    private static <T> T await(Future<T> answer) {
        try {
            return answer.toCompletionStage().toCompletableFuture().get(LONGEST_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw Failures.classified(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.classified(e);
        } catch (TimeoutException e) {
            throw Failures.classified(e);
        }
    }
}
