package dev.sluice.gate.config;

import io.quarkus.runtime.Startup;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import io.smallrye.config.EnvConfigSource;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/** Refuses settings of providers and alerts that there aren't: a mistyped check would be no check. */
@Singleton
@Startup
public class KnownSettings {
    private static final List<String> CHECKED = List.of("sluice.gate.providers.", "sluice.gate.alerts.");

    /** @throws IllegalArgumentException names the unknown ones */
    public KnownSettings(Config config) {
        var known = ConfigMappings.propertyNamesMatcher(
                List.of(ConfigClass.configClass(ProvidersConfig.class), ConfigClass.configClass(AlertsConfig.class)));
        var unknown = StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> CHECKED.stream().anyMatch(name::startsWith)
                        && !known.matches(name)
                        && !isOfEnvironment(config, name))
                .sorted()
                .collect(Collectors.joining(", "));
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("no settings of metric providers or alerts: " + unknown);
        }
    }

    /** A variable's name can be read as several settings. */
    private static boolean isOfEnvironment(Config config, String name) {
        var source = config.getConfigValue(name).getSourceName();
        return source != null && source.startsWith(EnvConfigSource.NAME);
    }
}
