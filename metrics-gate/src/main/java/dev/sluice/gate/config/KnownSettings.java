package dev.sluice.gate.config;

import io.quarkus.runtime.Startup;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.EnvConfigSource;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** Refuses settings of what the gate is told by others that there aren't: a mistyped check would be no check. */
@Singleton
@Startup
public class KnownSettings {
    private static final List<String> CHECKED =
            List.of("sluice.gate.providers.", "sluice.gate.alerts.", "sluice.gate.formats.", "sluice.gate.ways-in.");

    /** @throws IllegalArgumentException names the unknown ones */
    public KnownSettings(Config config) {
        // one for each: in a common one the longer prefix hides the shorter
        var known = Stream.of(ProvidersConfig.class, AlertsConfig.class, GateConfig.class)
                .map(mapping -> ConfigMappings.propertyNamesMatcher(List.of(ConfigClass.configClass(mapping))))
                .toList();
        var unknown = StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> CHECKED.stream().anyMatch(name::startsWith)
                        && known.stream().noneMatch(one -> one.matches(name))
                        && !isOfEnvironment(config, name))
                .sorted()
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "no settings of metric providers, alerts, formats or ways in: " + unknown);
        }
    }

    /** A variable's name can be read as several settings. */
    private static boolean isOfEnvironment(Config config, String name) {
        var source = config.getConfigValue(name).getSourceName();
        return source != null && source.startsWith(EnvConfigSource.NAME);
    }
}
