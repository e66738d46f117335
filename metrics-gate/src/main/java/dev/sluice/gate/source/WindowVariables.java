package dev.sluice.gate.source;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What templates say of a window: Sluice's own names, and those of CD-as-a-Service's rollout files ({@code armory.…}), where
 * the interval is the whole window too.
 */
final class WindowVariables {
    private WindowVariables() {}

    static Map<String, String> of(Instant from, Instant to, Duration step) {
        var names = new LinkedHashMap<String, String>();
        time(names, "from", from);
        time(names, "to", to);
        time(names, "armory.startTime", from);
        time(names, "armory.endTime", to);
        names.put("from", from.toString());
        names.put("to", to.toString());
        var window = Duration.between(from, to);
        names.put("interval", inPromQl(window));
        names.put("intervalSeconds", seconds(window));
        names.put("intervalMillis", String.valueOf(window.toMillis()));
        names.put("step", inPromQl(step));
        names.put("stepSeconds", seconds(step));
        names.put("armory.promQlStepInterval", inPromQl(window));
        names.put("armory.intervalSeconds", seconds(window));
        names.put("armory.intervalMillis", String.valueOf(window.toMillis()));
        return names;
    }

    private static void time(Map<String, String> names, String prefix, Instant time) {
        names.put(prefix + "Iso8601", time.toString());
        names.put(prefix + "EpochSeconds", String.valueOf(time.getEpochSecond()));
        names.put(prefix + "EpochMillis", String.valueOf(time.toEpochMilli()));
    }

    private static String inPromQl(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + "s" : duration.toMillis() + "ms";
    }

    /** A window of less than a second is one second to systems that know none shorter. */
    private static String seconds(Duration duration) {
        return String.valueOf(Math.max(1, duration.toSeconds()));
    }
}
