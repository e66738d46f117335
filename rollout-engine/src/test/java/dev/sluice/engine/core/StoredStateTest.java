package dev.sluice.engine.core;

import static dev.sluice.engine.core.Plans.analysis;
import static dev.sluice.engine.core.Plans.approval;
import static dev.sluice.engine.core.Plans.background;
import static dev.sluice.engine.core.Plans.pause;
import static dev.sluice.engine.core.Plans.plan;
import static dev.sluice.engine.core.Plans.spec;
import static dev.sluice.engine.core.Plans.target;
import static dev.sluice.engine.core.Plans.weight;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.OnInconclusive;
import dev.sluice.schemas.wire.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the database gives back is what was stored, at every stage of a rollout. */
class StoredStateTest {
    @Test
    void comesBackFromJsonAsItWas() throws JsonProcessingException {
        // given
        var steps = background(
                target("prod", List.of(), weight(10), pause(Duration.ofMinutes(1)), analysis(2, 0, 0), approval("sre")),
                spec(0, 1, 1, OnInconclusive.PAUSE));
        var it = new Scenario();

        // when, then
        isStoredWhole(it.state);
        isStoredWhole(it.start("r", plan(steps)).state);
        isStoredWhole(it.applied().state);
        isStoredWhole(it.applied().state);
        isStoredWhole(it.later(Duration.ofMinutes(1)).state);
        isStoredWhole(it.verdict("r/prod/step-3/1", 2, Outcome.PASS).state);
        isStoredWhole(it.say(CommandType.PAUSE).state);
        isStoredWhole(it.say(CommandType.ABORT).state);
        isStoredWhole(it.applied().state);
    }

    @Test
    @DisplayName("B42: what 0.1.0 stored in the middle of a rollout is read, and goes on")
    void readsWhatEarlierVersionsStored() throws IOException {
        // given
        var it = new Scenario();
        try (var stored = StoredStateTest.class.getResourceAsStream("/stored/0.1.0.json")) {
            it.state = Json.mapper().readValue(stored, State.class);
        }

        // when
        it.now = Scenario.START.plus(Duration.ofMinutes(2));
        it.say(CommandType.ABORT);

        // then
        assertThat(it.status().generation()).isEqualTo(Scenario.START.toEpochMilli());
        assertThat(it.phase()).isEqualTo(Phase.ROLLING_BACK);
        assertThat(it.ordered()).isEqualTo(Weight.ZERO);
        assertThat(it.target("prod").judging().background()).isNull();
    }

    private static void isStoredWhole(State state) throws JsonProcessingException {
        var stored = Json.mapper().writeValueAsString(state.withRoutes(java.util.Map.of()));
        var read = Json.mapper().readValue(stored, State.class);
        assertThat(read.withRoutes(state.routes())).isEqualTo(state);
    }
}
