package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.state.Freeze;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.Surroundings;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.wire.StrictJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What docs/windows-and-freezes.md shows, as it stands there. */
class WindowsPageTest {
    private static final Path PAGE = Path.of("../docs/windows-and-freezes.md");

    @Test
    @DisplayName("the page's file waits over the holidays, and its freeze and unfreeze do what they say")
    void doesWhatThePageSays() throws Exception {
        // given
        var file = (RolloutFileReader.Read.Valid)
                new RolloutFileReader().read(blocks("yaml").getFirst(), RolloutFileReader.Overrides.NONE);
        var commands = blocks("json");
        var everybody = new Scenario();
        everybody.state = State.empty(Freeze.APPLICATION);

        // when
        everybody.tell(told(commands.get(0)));

        // then
        var it = new Scenario();
        it.surroundings = new Surroundings(everybody.state.freezes(), Set.of("release-manager"));
        it.start(file.plan()).applied();
        assertThat(it.phase()).isEqualTo(Phase.WAITING);
        assertThat(it.status().waitingFor().name()).isEqualTo("freeze-xmas");
        assertThat(it.status().waitingFor().until()).isEqualTo(Instant.parse("2027-01-02T00:00:00Z"));
        everybody.tell(told(commands.get(1)));
        it.surroundings = new Surroundings(everybody.state.freezes(), Set.of());
        it.tell(new Event.TimeReached(it.now));
        assertThat(it.ordered()).isEqualTo(Weight.percent(10));
    }

    @Test
    @DisplayName("the page's override is one that a role may give")
    void overridesAsThePageSays() throws Exception {
        // when
        var command = ((Event.CommandReceived) told(blocks("json").get(2))).command();

        // then
        assertThat(command.overrideFreeze()).isTrue();
        assertThat(command.type()).isEqualTo(CommandType.PROMOTE);
        assertThat(command.roles()).contains("release-manager");
    }

    private static Event told(String json) throws Exception {
        var command = StrictJson.toRecord(StrictJson.parse(json), Command.class);
        return new Event.CommandReceived(Scenario.START, Scenario.START, command, false, null);
    }

    private static List<String> blocks(String kind) throws Exception {
        var block = Pattern.compile("(?s)```" + kind + "\n(.*?)```");
        return block.matcher(Files.readString(PAGE))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
