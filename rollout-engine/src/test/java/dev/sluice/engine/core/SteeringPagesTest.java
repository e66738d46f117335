package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The files of docs/approvals.md and docs/steering.md do what their pages say. */
class SteeringPagesTest {
    private static Scenario of(String page) {
        try {
            var text = Files.readString(Path.of("../docs/" + page));
            var begin = text.indexOf("```yaml\n") + "```yaml\n".length();
            var file = new RolloutFileReader().read(text.substring(begin, text.indexOf("```", begin)), Overrides.NONE);
            assertThat(file).isInstanceOf(RolloutFileReader.Read.Valid.class);
            return new Scenario()
                    .start("r", ((RolloutFileReader.Read.Valid) file).plan())
                    .applied()
                    .applied();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Scenario say(Scenario it, CommandType type, String actor) {
        return it.say(type, actor, List.of("sre"), null, null, false);
    }

    @Test
    void approvals() {
        // given
        var it = of("approvals.md");

        // when
        it.verdict("r/prod/step-2/1", 1, Outcome.FAIL);
        assertThat(it.phase()).isEqualTo(Phase.AWAITING_APPROVAL);
        it.say(CommandType.APPROVE);

        // then
        assertThat(it.status().step()).isEqualTo(3);
        say(it, CommandType.APPROVE, "ci");
        assertThat(it.refusal()).contains("ci, who started this rollout");
        say(it, CommandType.APPROVE, "alice");
        assertThat(it.status().waitingFor().approvals().by()).containsExactly("alice");
        say(it, CommandType.APPROVE, "bob");
        assertThat(it.ordered()).isEqualTo(Weight.percent(50));

        // when
        it.applied().verdict("r/prod/background/1", 1, Outcome.FAIL);

        // then
        assertThat(it.status().waitingFor().name()).isEqualTo("background");
        it.say(CommandType.REJECT).applied();
        assertThat(it.phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    void steering() {
        // given
        var it = of("steering.md");

        // when
        it.say(CommandType.SKIP).applied();

        // then
        assertThat(it.status().step()).isEqualTo(4);
        it.goTo(5);
        assertThat(it.refusal()).contains("the approval of step 4");
        it.goTo(5, "sre");
        assertThat(it.phase()).isEqualTo(Phase.PAUSED);
        it.goTo(2).applied();
        assertThat(it.target("prod").traffic().applied()).isEqualTo(Weight.percent(10));
        it.goTo(7);
        assertThat(it.refusal()).contains("has steps 1 to 6");
        say(it, CommandType.PROMOTE, "alice").applied().applied();
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
    }
}
