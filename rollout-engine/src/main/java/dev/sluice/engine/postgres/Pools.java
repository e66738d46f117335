package dev.sluice.engine.postgres;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;

/**
 * Makes the connection pool so that every statement is prepared once per connection. The client would parse and plan those
 * longer than 2,048 characters anew each time, and the one that stores a transaction is.
 */
@Singleton
class Pools implements PgPoolCreator {
    private static final int LONGEST_STATEMENT = 16_384;

    @Override
    public Pool create(Input input) {
        var connections = input.pgConnectOptionsList().stream()
                .<SqlConnectOptions>map(options -> options.setPreparedStatementCacheSqlLimit(LONGEST_STATEMENT))
                .toList();
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(connections)
                .using(input.vertx())
                .build();
    }
}
