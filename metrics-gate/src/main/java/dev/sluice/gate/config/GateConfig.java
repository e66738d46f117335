package dev.sluice.gate.config;

import dev.sluice.gate.core.Bounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

        /** How long a metric provider is asked, again and again where that may help, before a run's query counts as an error. */
        @WithDefault("PT20S")
        Duration answerWithin();

        /** The grid of windows: how far one may reach back over its beginning. */
        @WithDefault("PT0.1S")
        Duration pane();

        /** How long events are kept at that fineness where no analysis is open. At least 65 s: events may be 60 s late. */
        @WithDefault("PT70S")
        Duration keep();

        /**
         * How long events are kept, by the minute, where no analysis is open: for comparisons with what was before a rollout. Given
         * up early where memory or series get short; then the log is read back when an analysis asks for it.
         */
        @WithDefault("PT1H")
        Duration history();

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

        /** Topics that others write in encodings of their own, by name: {@code sluice.gate.formats."otlp_metrics".format=otlp_proto}. */
        Map<String, Format> formats();

        /** Ways in by HTTP, for those who have nobody to write to Kafka. One that has no mapping is closed. */
        WaysIn waysIn();

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
                    history(),
                    grace(),
                    seriesPerTarget(),
                    cells(),
                    idsPerTarget(),
                    openRuns(),
                    reach());
        }

        private Duration reach() {
            var hasTotals = !formats().isEmpty()
                    || waysIn().otlp().isPresent()
                    || waysIn().remoteWrite().isPresent();
            return totalsReach().orElse(hasTotals ? Duration.ofMinutes(2) : Duration.ZERO);
        }
    }

    /** Which ways in are open: {@code sluice.gate.ways-in.otlp.preset=otel}. */
    interface WaysIn {
        /** {@code POST /v1/metrics}: OTLP/HTTP. */
        Optional<Mapping> otlp();

        /** {@code POST /api/v1/write}: Prometheus's remote write, 1.0 and 2.0. */
        Optional<Mapping> remoteWrite();
    }

    /** How one topic of others is read. */
    interface Format {
        /** {@code sluice}, {@code otlp_proto}, {@code otlp_json}, {@code prometheus_json} or {@code telegraf_json}. */
        String format();

        /** What its labels mean; every format but {@code sluice} needs it. */
        Optional<Mapping> mapping();
    }

    /**
     * What labels, and a resource's attributes, mean. Templates take labels in braces, the first of several that there is: {@code
     * {service.namespace|k8s.namespace.name}/{service.name}}. Expressions are RE2, and the whole value has to fit.
     */
    interface Mapping {
        /** Begins with the rules of {@code istio}, {@code linkerd}, {@code envoy} or {@code otel}; what is set here is in their place. */
        Optional<String> preset();

        /** Expressions by label that all must fit; what doesn't is not judged. */
        Map<String, String> when();

        /** Expressions by label, whose named groups {@code (?P<name>…)} are labels too. */
        Map<String, String> extract();

        /** Template. */
        Optional<String> application();

        /** Template; a text without labels for all: {@code prod}. */
        Optional<String> target();

        /** Template: which revision was measured, as the rollout's {@code revision} names it. */
        Optional<String> revision();

        /** {@code label=expression}: that is the canary; what has the label and doesn't fit is stable. */
        Optional<String> canary();

        /** {@code label=expression}: only that is stable, of what isn't the canary. */
        Optional<String> stable();

        /** Template: which process measured it. Without it the counters of two processes are one. */
        Optional<String> instance();

        /** Template: the metric's name; {@code __name__} is the one it has. */
        Optional<String> metric();

        /** Labels that queries can ask for, at most 14, and always {@code le} and {@code quantile}. */
        Optional<List<String>> keep();

        /** Labels that tell no counters apart: which of a pair of Prometheus servers has scraped. */
        Optional<List<String>> drop();

        /** Expression for names of metrics that count since a beginning, where the format doesn't say which do. */
        Optional<String> totals();
    }

    /** The group that shares the partitions of the metric topics. */
    default String group() {
        return topics().prefix() + "gate";
    }

    /** The group that hands over what others write. */
    default String formatsGroup() {
        return group() + "-formats";
    }
}
