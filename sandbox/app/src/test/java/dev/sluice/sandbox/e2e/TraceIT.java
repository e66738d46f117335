package dev.sluice.sandbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.sandbox.e2e.SpanReceiver.Seen;
import dev.sluice.schemas.message.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** docs/observability.md: one trace from whoever commands to what is written for it, through three services, Kafka and the outbox. */
class TraceIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final String trace = UUID.randomUUID().toString().replace("-", "");
    private final String sender = trace.substring(16);

    @Test
    void aStartAndTheSplitThatIsWrittenForItAreOneTrace() {
        try (var trial = new Trial("traced")) {
            // given
            trial.traffic().of("stable", 0);
            trial.traffic().of("canary", 0);

            // when
            var rollout = trial.startTraced("1.1.0", "00-" + trace + "-" + sender + "-01");

            // then
            var waiting = trial.awaitPhase(rollout, Phase.AWAITING_APPROVAL);
            assertThat(waiting.trace()).isEqualTo(trace);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(pathTo("write trafficsplits.split.smi-spec.io"))
                            .containsExactly(
                                    "sluice-rollout-engine: process rollout.commands",
                                    "sluice-rollout-engine: send rollout.weights",
                                    "sluice-weight-applier: process rollout.weights",
                                    "sluice-weight-applier: write trafficsplits.split.smi-spec.io"));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(names())
                            .contains(
                                    "sluice-rollout-engine: transaction",
                                    "sluice-weight-applier: send rollout.weight-reports",
                                    "sluice-rollout-engine: process rollout.weight-reports",
                                    "sluice-metrics-gate: judge",
                                    "sluice-metrics-gate: send rollout.verdicts",
                                    "sluice-rollout-engine: process rollout.verdicts"));
        }
    }

    private List<String> names() {
        return World.running().spans().of(trace).stream().map(TraceIT::words).toList();
    }

    /** From the sender's span to the first of this name. */
    private List<String> pathTo(String name) {
        var spans = World.running().spans().of(trace);
        var path = new ArrayList<String>();
        var next = spans.stream().filter(span -> span.name().equals(name)).findFirst();
        while (next.isPresent()) {
            var span = next.get();
            path.addFirst(words(span));
            next = spans.stream()
                    .filter(other -> other.id().equals(span.parent()))
                    .findFirst();
            if (next.isEmpty()) {
                assertThat(span.parent()).isEqualTo(sender);
            }
        }
        return path;
    }

    private static String words(Seen span) {
        return span.service() + ": " + span.name();
    }
}
