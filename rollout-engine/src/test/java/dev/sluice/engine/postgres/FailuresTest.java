package dev.sluice.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailuresTest {
    @ParameterizedTest
    @ValueSource(strings = {"08006", "40001", "40P01", "53300", "55P03", "57014", "57P01"})
    void outagesAreNobodysFault(String sqlState) {
        // given
        var failure = new IllegalStateException(new SQLException("no", sqlState));
        // when / then
        assertThat(Failures.classified(failure)).isInstanceOf(StorageUnavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22P05", "23505", "42601"})
    void badDataIsARecordsFault(String sqlState) {
        // given
        var failure = new IllegalStateException(new SQLException("no", sqlState));
        // when / then
        assertThat(Failures.classified(failure)).isSameAs(failure);
    }

    @Test
    void aConnectionThatCannotBeHadIsAnOutage() {
        // given
        var failure = new IllegalStateException(new ConnectException("refused"));
        // when / then
        assertThat(Failures.classified(failure)).isInstanceOf(StorageUnavailable.class);
    }

    @Test
    void whatSaysNothingOfTheDatabaseIsNoOutage() {
        assertThat(Failures.classified(new NullPointerException())).isInstanceOf(NullPointerException.class);
    }
}
