package dev.sluice.bench.rig;

import dev.sluice.sandbox.parts.PostgresPart;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** One row, inserted and durable when {@link #insert} returns, by a bare JDBC connection. */
final class FloorCommit implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement insert;

    FloorCommit(PostgresPart postgres) {
        try {
            connection = DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
            try (var statement = connection.createStatement()) {
                statement.execute("create schema bench");
                statement.execute("create table bench.floor (id bigserial primary key, payload bytea not null)");
            }
            insert = connection.prepareStatement("insert into bench.floor (payload) values (?)");
        } catch (SQLException e) {
            throw new IllegalStateException("the floor cannot write to PostgreSQL", e);
        }
    }

    void insert(byte[] payload) {
        try {
            insert.setBytes(1, payload);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the floor cannot write to PostgreSQL", e);
        }
    }

    @Override
    public void close() {
        try (connection) {
            insert.close();
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not close", e);
        }
    }
}
