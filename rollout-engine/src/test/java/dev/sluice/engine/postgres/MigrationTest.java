package dev.sluice.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.sandbox.parts.PostgresPart;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database that an earlier version filled becomes this version's, and nothing is lost on the way. */
class MigrationTest {
    private static PostgresPart postgres;

    @BeforeAll
    static void start() {
        postgres = PostgresPart.start();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        run("drop schema public cascade", "create schema public");
    }

    @Test
    void decisionsOfAnEarlierVersionStayAndNewOnesGoByTheDay() throws SQLException {
        // given
        migrate("6");
        run(
                decision("shop/a", 1, "now() - interval '400 days'"),
                decision("shop/a", 2, "now()"),
                decision("shop/a", 3, "now() + interval '3 days'"));

        // when
        migrate("7");
        run(decision("shop/a", 4, "now() + interval '2 days'"), decision("shop/a", 5, "now() + interval '40 days'"));

        // then
        assertThat(query("select n from decision where application = 'shop/a' order by n"))
                .containsExactly("1", "2", "3", "4", "5");
        assertThat(query("select distinct cast(cast(tableoid as regclass) as text) from decision where n <= 2"))
                .containsExactly("decision_before");
        assertThat(query("select n from decision_rest order by n")).containsExactly("5");
        assertThat(query("select count(*) from pg_inherits where inhparent = cast('decision' as regclass)"))
                .as("what was, seven days to come, and the rest")
                .containsExactly("9");
    }

    @Test
    void aDayIsDroppedOnceItIsOverAndSoIsWhatWasBefore() throws SQLException {
        // given
        migrate("6");
        run(decision("shop/a", 1, "now() - interval '400 days'"));
        migrate("7");
        run(
                decision("shop/a", 2, "now() + interval '1 day'"),
                decision("shop/a", 3, "now() + interval '2 days'"),
                decision("shop/a", 4, "now() + interval '100 days'"));

        // when
        var dropped = query("select drop_decision_days(now() + interval '2 days', 10)");

        // then
        assertThat(dropped).as("what was before, and tomorrow").containsExactly("2");
        assertThat(query("select n from decision order by n")).containsExactly("3", "4");
    }

    @Test
    void anEmptyDatabaseHasNothingButDaysToCome() throws SQLException {
        // when
        migrate("7");
        run(decision("shop/a", 1, "now()"));

        // then
        assertThat(query("select to_regclass('decision_before') is null")).containsExactly("t");
        assertThat(query("select count(*) from decision_rest")).containsExactly("0");
    }

    @Test
    void whatHadNoDayMovesOnceItHasOne() throws SQLException {
        // given
        migrate("7");
        run(decision("shop/a", 1, "timestamptz '2001-02-03T23:59:59Z'"));
        assertThat(query("select count(*) from decision_rest")).containsExactly("1");

        // when
        run("set timezone = 'America/New_York'; select decision_day('2001-02-03')");

        // then
        assertThat(query("select n from decision_20010203")).containsExactly("1");
        assertThat(query("select count(*) from decision_rest")).containsExactly("0");
        assertThat(query("select n from decision")).containsExactly("1");
    }

    private static String decision(String application, int n, String at) {
        return """
                insert into decision (application, n, audit_id, decision, errors, decided_at)
                values ('%1$s', %2$d, '%1$s/%2$d', 'Started', '[]', %3$s)""".formatted(application, n, at);
    }

    private static void migrate(String version) {
        Flyway.configure()
                .dataSource(postgres.jdbcUrl(), postgres.user(), postgres.password())
                .target(version)
                .load()
                .migrate();
    }

    private static Connection connection() throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    private static void run(String... statements) throws SQLException {
        try (var connection = connection();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> query(String sql) throws SQLException {
        try (var connection = connection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
