package dev.sluice.bench.latency;

import dev.sluice.bench.Aim;
import dev.sluice.bench.BenchSettings;
import dev.sluice.bench.Row;
import dev.sluice.bench.rig.Journey;
import dev.sluice.bench.rig.Names;
import dev.sluice.bench.rig.Rig;
import dev.sluice.bench.rig.RolloutFile;
import dev.sluice.bench.rig.Sluice;
import dev.sluice.bench.rig.Turns;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What someone sees who starts everything anew, lets 30 rollouts have healthy traffic for a while, and then aborts them one
 * after the other: no abort has been practised before the first that counts.
 */
final class FreshSandbox {
    private static final int ROLLOUTS = 30;
    private static final Duration TRAFFIC = Duration.ofSeconds(60);
    private static final Duration TRAFFIC_PERIOD = Duration.ofSeconds(1);
    private static final Duration ANALYSIS_INTERVAL = Duration.ofSeconds(10);
    private static final Aim AIM = new Aim.AtMost(20, "ms");

    private final BenchSettings settings;
    private final Consumer<String> say;

    FreshSandbox(BenchSettings settings, Consumer<String> say) {
        this.settings = settings;
        this.say = say;
    }

    List<Row> rows(String bench) throws InterruptedException {
        try (var sluice = Sluice.start(settings, say);
                var rig = new Rig(sluice.platform(), new RolloutFile(ANALYSIS_INTERVAL))) {
            rig.fleet().launch(ROLLOUTS);
            rig.traffic(Names.services(0, ROLLOUTS), TRAFFIC_PERIOD);
            say.accept("Healthy traffic of %d rollouts for %d s, then their aborts …"
                    .formatted(ROLLOUTS, TRAFFIC.toSeconds()));
            TimeUnit.SECONDS.sleep(TRAFFIC.toSeconds());
            var turns = new Turns(rig);
            for (int rollout = 0; rollout < ROLLOUTS; rollout++) {
                turns.take(Journey.ABORT_TO_ZERO);
            }
            var comparison = turns.comparisons().iterator().next();
            say.accept("Fresh sandbox, " + comparison.stages());
            var name = "fresh sandbox, %d rollouts: abort-to-zero".formatted(ROLLOUTS);
            return List.of(
                    comparison.row(bench, name, "p50", 0.5, AIM), comparison.row(bench, name, "longest", 1, null));
        }
    }
}
