package dev.sluice.engine.postgres;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Makes connection pools so that every statement is prepared once per connection. The client would parse and plan those
 * longer than 2,048 characters anew each time, and the one that stores a transaction is.
 */
@Singleton
public class Pools implements PgPoolCreator {
    private static final int LONGEST_STATEMENT = 16_384;

    private volatile Input first;

    @Override
    public Pool create(Input input) {
        first = input;
        var connections = input.pgConnectOptionsList().stream()
                .<SqlConnectOptions>map(options -> options.setPreparedStatementCacheSqlLimit(LONGEST_STATEMENT))
                .toList();
        return build(input, connections, input.poolOptions());
    }

    /**
     * One more pool to the same database, with the same settings.
     *
     * @param name by which the database knows its connections
     */
    Pool another(String name, int size) {
        var input = first;
        if (input == null) {
            throw new IllegalStateException("the first pool is made at the start");
        }
        var connections = input.pgConnectOptionsList().stream()
                .<SqlConnectOptions>map(options -> named(name, options))
                .toList();
        return build(input, connections, new PoolOptions().setMaxSize(size));
    }

    private static PgConnectOptions named(String name, PgConnectOptions options) {
        var copy = new PgConnectOptions(options);
        copy.addProperty("application_name", name);
        return copy;
    }

    private static Pool build(Input input, List<SqlConnectOptions> connections, PoolOptions options) {
        return PgBuilder.pool()
                .with(options)
                .connectingTo(connections)
                .using(input.vertx())
                .build();
    }
}
