package dev.sluice.gate.alert;

import dev.sluice.schemas.message.MetricEvent.AlertState;
import java.time.Instant;
import java.util.Map;

/**
 * One alert as its monitor describes it.
 *
 * @param name null where it has none
 * @param state null where it is neither
 * @param time since when it is so; null where the monitor doesn't say
 * @param labels which queries may ask for; the same ones when it fires as when it is resolved, for with its name they make it that alert
 * @param about what else may tell whose it is
 * @param fingerprint tells it from others of its name
 */
public record SaidAlert(
        String name,
        AlertState state,
        Instant time,
        Map<String, String> labels,
        Map<String, String> about,
        String fingerprint) {}
