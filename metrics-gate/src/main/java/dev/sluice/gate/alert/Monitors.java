package dev.sluice.gate.alert;

import dev.sluice.gate.config.AlertsConfig;
import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The monitors that are configured; what is wrong with their configuration ends the start. */
@Singleton
@Startup
public class Monitors {
    private final Map<String, Monitor> known;
    private final Map<String, Open> open = new TreeMap<>();

    /** @param token null where everybody is believed */
    public record Open(Monitor monitor, AlertMapping mapping, Token token) {}

    /** @throws IllegalArgumentException naming the monitor, what is wrong and what there is */
    public Monitors(AlertsConfig config, @All List<Monitor> monitors) {
        known = new TreeMap<>(monitors.stream().collect(Collectors.toMap(Monitor::name, monitor -> monitor)));
        config.alerts().forEach((name, configured) -> {
            if (!known.containsKey(name)) {
                throw new IllegalArgumentException(
                        "sluice.gate.alerts." + name + ": there is no such monitor; known are " + known.keySet());
            }
            try {
                open.put(name, open(known.get(name), configured));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("sluice.gate.alerts." + name + ": " + e.getMessage(), e);
            }
        });
    }

    private static Open open(Monitor monitor, AlertsConfig.Alerts configured) {
        return new Open(monitor, new AlertMapping(monitor, configured), Token.of(configured.token()));
    }

    /** Empty where it isn't configured. */
    public Optional<Open> named(String name) {
        return Optional.ofNullable(open.get(name));
    }

    /** All that could be configured. */
    public Set<String> names() {
        return known.keySet();
    }
}
