package dev.sluice.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.Entrance;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.postgres.CommandIds.CommandId;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.telemetry.Arrival;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IncomingTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Entrance REFUSED = new Entrance("shop.commands", false, false, "not here");
    private static final Entrance TAKEN = new Entrance("rollout.commands", false, true, null);

    private static Incoming.OfCommand abort(Entrance entrance) {
        var command = new Command(
                "abort-1",
                CommandType.ABORT,
                "shop/checkout",
                null,
                "alice",
                List.of(),
                null,
                null,
                Map.of(),
                List.of(),
                null,
                null,
                Map.of(),
                false,
                false);
        return new Incoming.OfCommand(command, NOW, null, Arrival.WITHIN, entrance);
    }

    private static Set<CommandId> ids(Incoming... all) {
        return Stream.of(all).flatMap(one -> one.commandId().stream()).collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean isRepeated(Incoming incoming, Set<CommandId> fresh) {
        return ((Event.CommandReceived) incoming.event(NOW, fresh)).repeated();
    }

    @Test
    void whoeverIsRefusedTakesNobodyElsesId() {
        // given
        var fresh = ids(abort(REFUSED), abort(TAKEN));

        // then
        assertThat(isRepeated(abort(REFUSED), fresh)).isFalse();
        assertThat(isRepeated(abort(TAKEN), fresh)).isFalse();
    }

    @Test
    void whatWasRefusedIsRefusedOnce() {
        // given
        var fresh = ids(abort(REFUSED), abort(REFUSED));

        // then
        assertThat(isRepeated(abort(REFUSED), fresh)).isFalse();
        assertThat(isRepeated(abort(REFUSED), fresh)).isTrue();
    }
}
