package dev.sluice.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdsTest {
    private static final EventIds IDS = EventIds.of("cafe", "shop");

    @Test
    void areReadAsTheyWereWritten() {
        assertThat(IDS.position(IDS.id(42))).isEqualTo(42);
    }

    @Test
    void ofAnotherInstanceMeanNothing() {
        assertThat(IDS.position(EventIds.of("beef", "shop").id(42))).isEqualTo(StreamReader.NOWHERE);
    }

    @Test
    void ofWhoeverMaySeeSomethingElseMeanNothing() {
        assertThat(IDS.position(EventIds.of("cafe", "bank").id(42))).isEqualTo(StreamReader.NOWHERE);
    }

    @Test
    void ofAPictureThatIsNotCompleteMeanNothing() {
        assertThat(IDS.position(IDS.id(42, 1))).isEqualTo(StreamReader.NOWHERE);
        assertThat(IDS.position(IDS.id(42, 0))).isEqualTo(42);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "42", "cafe-shop", "cafe-shop.", "cafe-shop.many"})
    void ofNobodyMeanNothing(String id) {
        assertThat(IDS.position(id)).isEqualTo(StreamReader.NOWHERE);
    }
}
