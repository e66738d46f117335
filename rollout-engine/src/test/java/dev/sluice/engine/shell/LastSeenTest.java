package dev.sluice.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.state.State;
import dev.sluice.engine.postgres.Unlocked.Seen;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LastSeenTest {
    private final LastSeen lastSeen = new LastSeen();

    @Test
    void knowsWhatWasStoredLast() {
        // given
        store("a", "1");
        store("a", "2");
        // when
        var known = lastSeen.of(Set.of("a", "b"));
        // then
        assertThat(known).containsOnlyKeys("a");
        assertThat(known.get("a").version()).isEqualTo("2");
    }

    @Test
    void knowsNothingOfWhatIsForgotten() {
        // given
        store("a", "1");
        // when
        lastSeen.forget(Set.of("a"));
        // then
        assertThat(lastSeen.of(Set.of("a"))).isEmpty();
    }

    @Test
    void keepsThoseThatAreWorkedOnWhenThereAreTooMany() {
        // given
        store("busy", "1");
        store("idle", "1");
        // when
        for (int i = 0; i < 1_999; i++) {
            store("app-" + i, "1");
            lastSeen.of(Set.of("busy"));
        }
        // then
        assertThat(lastSeen.of(Set.of("busy", "idle", "app-0"))).containsOnlyKeys("busy", "app-0");
    }

    private void store(String name, String version) {
        lastSeen.stored(Map.of(name, new Seen(State.empty(name), version, List.of(), Set.of())));
    }
}
