package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.rollout.InProgress;
import dev.sluice.schemas.rollout.OnPromoted;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutFileReader.Read;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of the pages about rollouts as a whole, as they stand there. */
class RolloutPagesTest {
    private static String block(String page, String language) throws IOException {
        var text = Files.readString(Path.of("../docs", page));
        var found =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(text);
        assertThat(found.find()).as("a block of %s in %s", language, page).isTrue();
        return found.group(1);
    }

    private static RolloutPlan plan(String page) throws IOException {
        return switch (new RolloutFileReader().read(block(page, "yaml"), Overrides.NONE)) {
            case Read.Valid valid -> valid.plan();
            case Read.Invalid invalid -> throw new AssertionError(page + ": " + invalid.problems());
        };
    }

    @Test
    void aStartWaits() throws IOException {
        // given
        var plan = plan("rollouts-in-progress.md");
        assertThat(plan.inProgress()).isEqualTo(InProgress.ENQUEUE_ONE);

        // when
        var it = new Scenario().start("r-1", "1.4.1", false, plan);
        it.now = it.now.plusSeconds(1);
        it.start("r-2", "1.4.2", false, plan);

        // then
        assertThat(it.state.queued().id()).isEqualTo("r-2");
    }

    @Test
    void targetsGoTogether() throws IOException {
        // given
        var plan = plan("targets-together.md");
        assertThat(plan.rollbackGroup()).isTrue();
        assertThat(plan.lockstep()).containsExactly(List.of("us", "eu"));

        // when
        var it = new Scenario().start("r", plan).applied().applied().applied();

        // then
        assertThat(it.target("staging").position().phase()).isEqualTo(Phase.FINALIZING);
        for (int run = 1; run <= 3; run++) {
            it.verdict("staging", "r/staging/after/1", run, Verdict.Outcome.PASS);
        }
        assertThat(it.target("us").position().phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        assertThat(it.target("eu").position().phase()).isEqualTo(Phase.AWAITING_APPROVAL);
    }

    @Test
    void aPromotionIsUndone() throws IOException {
        // given
        var plan = plan("going-back.md");
        assertThat(plan.targets().getFirst().onPromoted()).isEqualTo(OnPromoted.SWAP);
        var command = Json.mapper().readValue(block("going-back.md", "json"), Command.class);
        assertThat(command.type()).isEqualTo(CommandType.UNDO);
        var it = new Scenario().start("r", plan).applied().applied();
        it.say(CommandType.APPROVE).applied().applied();
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);

        // when
        it.tell(new Event.CommandReceived(it.now, it.now, command, false, null));

        // then
        assertThat(it.state.rollout().id()).isEqualTo(command.id());
        assertThat(it.state.rollout().origin().undoOf()).isEqualTo("r");
    }
}
