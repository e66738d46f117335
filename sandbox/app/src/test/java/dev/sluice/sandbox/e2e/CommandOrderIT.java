package dev.sluice.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.sandbox.SluiceService;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Phase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("B37: a start and its abort on different partitions, both sent while the engine was down")
class CommandOrderIT {
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource({"0,1", "1,0", "0,3", "3,0"})
    void theAbortHolds(int startsOn, int abortsOn) {
        var name = "order-" + startsOn + abortsOn;
        var next = new AtomicInteger(startsOn);
        Trial.Partitioning chosen = (topic, key) -> topic == Topic.COMMANDS ? next.get() : null;
        try (var trial = new Trial(name, chosen);
                var behindTheStart = new Trial(name + "-a", chosen);
                var behindTheAbort = new Trial(name + "-b", chosen)) {
            // given
            List.of(trial, behindTheStart, behindTheAbort).forEach(CommandOrderIT::healthy);
            var engine = World.running().services().get(SluiceService.ENGINE);
            engine.kill();

            // when
            trial.start("1.1.0");
            var one = behindTheStart.start("1.1.0");
            next.set(abortsOn);
            trial.abort();
            var other = behindTheAbort.start("1.1.0");
            engine.start();
            engine.awaitReady(READY_LIMIT);

            // then
            behindTheStart.awaitPhase(one, Phase.AWAITING_APPROVAL);
            behindTheAbort.awaitPhase(other, Phase.AWAITING_APPROVAL);
            await().until(() -> trial.statuses().isEmpty()
                    || trial.statuses().getLast().phase().isFinal());
            assertThat(trial.statuses()).noneMatch(status -> status.phase() == Phase.PROMOTED);
            assertThat(trial.weights()).allMatch(weight -> weight == 0);
        }
    }

    private static void healthy(Trial trial) {
        trial.traffic().of("stable", 0);
        trial.traffic().of("canary", 0);
    }
}
