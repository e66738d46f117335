package dev.sluice.gate.core;

import java.util.Map;

/**
 * What a monitor said last of one of its alerts.
 *
 * @param sinceMillis when it began to be so
 */
public record Alert(String name, Map<String, String> labels, boolean firing, long sinceMillis) {
    public Alert {
        labels = Map.copyOf(labels);
    }
}
