package dev.sluice.gate.config;

import dev.sluice.gate.core.Bounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Everything that can be set about the gate. As an environment variable: {@code SLUICE_GATE_GRACE}, for {@code sluice.gate.grace}. */
@ConfigMapping(prefix = "sluice")
public interface GateConfig {
    Topics topics();

    Gate gate();

    interface Topics {
        /** What every topic's name begins with; the same for all services. Consumer groups carry it too. */
        @WithDefault("rollout.")
        String prefix();
    }

    interface Gate {
        /** How long after a run's end its events may still be on their way to Kafka. A pass waits that long. */
        @WithDefault("PT0.5S")
        Duration grace();

        /**
         * How long a pass may wait for other instances or partitions that lag; then the run is Inconclusive. Unless said
         * long enough for another instance to be missed, replaced and caught up: three session time-outs and 15 s.
         */
        Optional<Duration> completenessDeadline();

        default Duration completeWithin() {
            return completenessDeadline()
                    .orElseGet(() -> sessionTimeout().multipliedBy(3).plusSeconds(15));
        }

        /** The grid of windows: how far one may reach back over its beginning. */
        @WithDefault("PT0.1S")
        Duration pane();

        /** How long events are kept at that fineness, and at all where no analysis is open. At least 65 s: events may be 60 s late. */
        @WithDefault("PT70S")
        Duration keep();

        /** Series per application and target; events of further ones are counted, not kept. */
        @WithDefault("1000")
        int seriesPerTarget();

        /** Memory of all windows of this instance together, in cells of 8 bytes; 6 million fit a 256 MB heap. */
        @WithDefault("6000000")
        long cells();

        /** Event ids remembered per application and target. */
        @WithDefault("10000")
        int idsPerTarget();

        /**
         * How far apart two totals of a counter may come, such as twice the interval of a scrape: the log is read back that much
         * further, so that a restart loses no increase. Unless said 2 min where formats are configured, else none.
         */
        Optional<Duration> totalsReach();

        /** How many runs of one analysis may be open at the same time, when the gate catches up. */
        @WithDefault("100")
        int openRuns();

        /** Records per poll. 2000 to 5000 were measured to be the fastest. */
        @WithDefault("4000")
        int maxPollRecords();

        /** How soon after a crash another instance takes over. */
        @WithDefault("PT10S")
        Duration sessionTimeout();

        default Bounds bounds() {
            return new Bounds(
                    pane(),
                    keep(),
                    grace(),
                    seriesPerTarget(),
                    cells(),
                    idsPerTarget(),
                    openRuns(),
                    totalsReach().orElse(Duration.ZERO));
        }
    }

    /** The group that shares the partitions of the metric topics. */
    default String group() {
        return topics().prefix() + "gate";
    }
}
