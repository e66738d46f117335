package dev.sluice.gate.source;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Made-up series in OpenMetrics' text format: each grows evenly, with a sample every ten seconds of the last ten minutes. */
public final class OpenMetrics {
    private static final int LENGTH_SECONDS = 600;
    private static final int STEP_SECONDS = 10;

    private final Instant end;
    private final Map<String, List<String>> families = new LinkedHashMap<>();

    public OpenMetrics(Instant end) {
        this.end = end;
    }

    /**
     * @param name of a counter, with any name: its type is left unsaid
     * @param perSecond how much it grows
     */
    public OpenMetrics counter(String name, String labels, double perSecond) {
        var lines = families.computeIfAbsent(name, unused -> new ArrayList<>());
        for (var second = 0; second <= LENGTH_SECONDS; second += STEP_SECONDS) {
            var time = end.getEpochSecond() - LENGTH_SECONDS + second;
            lines.add("%s{%s} %s %d".formatted(name, labels, perSecond * second, time));
        }
        return this;
    }

    public String text() {
        var text = new StringBuilder();
        families.forEach((name, lines) -> {
            text.append("# TYPE ").append(name).append(" unknown\n");
            lines.forEach(line -> text.append(line).append('\n'));
        });
        return text.append("# EOF\n").toString();
    }
}
