package dev.sluice.bench.load;

import dev.sluice.sandbox.SluiceService;
import dev.sluice.schemas.Topic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured of so many rollouts: how they began, and what they cost with nothing but healthy traffic.
 *
 * @param trouble lines in the applier's log about calls that the API server did not take, while they began
 * @param coresAtRest what the services use with no rollout and no event
 */
record Stage(int rollouts, Starts starts, long trouble, Window window, double coresAtRest) {
    /** What the services write while traffic is healthy. */
    static final List<Topic> TOLD =
            List.of(Topic.ANALYSES, Topic.VERDICTS, Topic.AUDIT, Topic.STATUS, Topic.WEIGHTS, Topic.WEIGHT_REPORTS);

    static final String RESIDENT = "resident memory of the three";
    static final String CORES = "CPU of the three";
    static final String COST = "CPU per metric event";

    /** A number and its unit. */
    record Value(double number, String unit) {}

    /** By what they are called, in the order in which they are told. */
    Map<String, Value> values() {
        var values = new LinkedHashMap<String, Value>();
        values.put("metric events", new Value(window.eventsPerSecond(), "/s"));
        for (var topic : TOLD) {
            values.put("messages on " + topic.word(), new Value(window.perSecond(topic), "/s"));
        }
        for (var service : SluiceService.ROLLING_OUT) {
            values.put(service.module() + " resident", new Value(window.after().residentMegabytes(service), "MiB"));
        }
        values.put(RESIDENT, new Value(window.after().residentMegabytes(), "MiB"));
        for (var service : SluiceService.ROLLING_OUT) {
            values.put(
                    service.module() + " CPU",
                    new Value(window.after().cpuSecondsSince(window.before(), service) / window.seconds(), "cores"));
        }
        values.put(CORES, new Value(window.cores(), "cores"));
        values.put(COST, new Value(window.microsPerEvent(coresAtRest), "µs"));
        return values;
    }

    /** The same number written in the same way everywhere, such as {@code 1,000 rollouts}. */
    String title() {
        return String.format(Locale.ROOT, "%,d rollouts", rollouts);
    }
}
