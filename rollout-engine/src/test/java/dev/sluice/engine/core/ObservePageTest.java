package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Observation.Opinion;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutFileReader.Overrides;
import dev.sluice.schemas.rollout.RolloutPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files of docs/observe.md do what their page says. */
class ObservePageTest {
    private static final Pattern FILE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private static List<RolloutPlan> plans() {
        try {
            return FILE.matcher(Files.readString(Path.of("../docs/observe.md")))
                    .results()
                    .map(found -> new RolloutFileReader().read(found.group(1), Overrides.NONE))
                    .map(read -> ((RolloutFileReader.Read.Valid) read).plan())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyFileOnlyObserves() {
        assertThat(plans()).hasSize(3).allMatch(RolloutPlan::observes);
    }

    @Test
    void whatSluiceWouldHaveGoneBackFromIsToldWhenTheOtherToolPromotesIt() {
        // given
        var it = new Scenario().start("r", plans().getFirst());

        // when
        it.seen(10).verdict("r/prod/step-2/1", 1, Outcome.FAIL);

        // then
        assertThat(it.status().observation().opinion()).isEqualTo(Opinion.ROLL_BACK);
        it.seen(50).seen(0).told(CommandType.PROMOTE);
        assertThat(it.phase()).isEqualTo(Phase.PROMOTED);
        assertThat(it.status().observation().agrees()).isFalse();
        assertThat(it.orders).isEmpty();
    }
}
