package dev.sluice.gate.config;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory.ConfigurableConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Tells the channel {@code formats} its topics, which are those that have a format; without any it is off. */
public class FormatsSource implements ConfigurableConfigSourceFactory<GateConfig> {
    private static final String CHANNEL = "mp.messaging.incoming.formats.";
    /** Like that of {@code application.properties}. */
    private static final int ORDINAL = 250;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context, GateConfig config) {
        var topics = config.gate().formats().keySet();
        var settings = topics.isEmpty()
                ? Map.of(CHANNEL + "enabled", "false")
                : Map.of(CHANNEL + "topics", String.join(",", topics), CHANNEL + "group.id", config.formatsGroup());
        return List.of(new PropertiesConfigSource(settings, "sluice.gate.formats", ORDINAL));
    }

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(ORDINAL);
    }
}
