package dev.sluice.sandbox.parts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresPartTest {
    @TempDir
    private Path folder;

    @Test
    void isAsDurableAsInProductionAndKeepsItsDataOverARestart() throws SQLException {
        // given
        var port = FreePort.any();
        try (var postgres = PostgresPart.start(port, folder.resolve("data"))) {
            // when
            query(postgres, "create table kept as select 42 as answer");
            // then
            assertThat(query(postgres, "show fsync")).isEqualTo("on");
            assertThat(query(postgres, "show synchronous_commit")).isEqualTo("on");
            assertThat(query(postgres, "show full_page_writes")).isEqualTo("on");
            assertThat(postgres.process().isAlive()).isTrue();
        }
        try (var again = PostgresPart.start(port, folder.resolve("data"))) {
            assertThat(query(again, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void namesItsAddressForBothKindsOfClient() {
        // given / when
        try (var postgres = PostgresPart.start()) {
            // then
            assertThat(postgres.reactiveUrl())
                    .isEqualTo("postgresql://localhost:%d/postgres".formatted(postgres.port()));
            assertThat(postgres.jdbcUrl()).isEqualTo("jdbc:" + postgres.reactiveUrl());
        }
    }

    private static String query(PostgresPart postgres, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (var rows = statement.getResultSet()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }
}
