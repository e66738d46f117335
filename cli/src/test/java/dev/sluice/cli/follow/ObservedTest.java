package dev.sluice.cli.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.schemas.message.Observation;
import dev.sluice.schemas.message.Observation.Disagreement;
import dev.sluice.schemas.message.Observation.End;
import dev.sluice.schemas.message.Observation.Move;
import dev.sluice.schemas.message.Observation.Opinion;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObservedTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    @Test
    void saysWhatSluiceWouldHaveDoneAndWhatTheOtherToolDid() {
        // given
        var disagreement = new Disagreement(NOON.plusSeconds(60), Opinion.ROLL_BACK, Move.PROMOTED, "5xx 2 %");

        // when
        var lines = Observed.lines(
                new Observation(Opinion.ROLL_BACK, NOON, "5xx 2 %", End.PROMOTED, false, List.of(disagreement)));

        // then
        assertThat(lines)
                .containsExactly(
                        "only observed: since 2026-11-20T12:00:00Z Sluice would roll back: 5xx 2 %",
                        "disagrees at 2026-11-20T12:01:00Z: the tool that decides promoted it, where Sluice would roll"
                                + " back: 5xx 2 %");
    }

    @Test
    void saysSoWhereBothWouldHaveDoneTheSame() {
        // when
        var lines =
                Observed.lines(new Observation(Opinion.GO_ON, NOON, "step-2 passed", End.PROMOTED, true, List.of()));
        var unjudged = Observed.lines(new Observation(Opinion.GO_ON, null, null, null, null, List.of()));

        // then
        assertThat(lines).last().isEqualTo("Sluice would have done the same");
        assertThat(unjudged).containsExactly("only observed: nothing was judged yet");
    }
}
