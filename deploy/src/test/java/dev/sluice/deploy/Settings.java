package dev.sluice.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.access.AccessConfig;
import dev.sluice.applier.config.ApplierSettings;
import dev.sluice.dashboard.config.DashboardConfig;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.gate.config.GateConfig;
import dev.sluice.notifier.config.NotifierConfig;
import dev.sluice.triggers.config.TriggersConfig;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Which environment variables a service takes for settings. */
final class Settings {
    private static final Map<String, Class<?>> OWN = Map.of(
            "rollout-engine", EngineConfig.class,
            "metrics-gate", GateConfig.class,
            "weight-applier", ApplierSettings.class,
            "dashboard", DashboardConfig.class,
            "notifier", NotifierConfig.class,
            "triggers", TriggersConfig.class);

    /** What telemetry reads and Quarkus' beginning; and the applier of its clusters, by their names. */
    private static final Set<String> OTHERS = Set.of("SLUICE_LOGS_FORMAT", "QUARKUS_CONFIG_LOCATIONS");

    private static final Pattern OF_CLUSTER =
            Pattern.compile("SLUICE_CLUSTERS_[A-Z0-9_]+_(CONTEXT|KUBECONFIG|CONCURRENCY)");

    private static final Set<String> QUARKUS = quarkus();

    private Settings() {}

    static boolean isKnown(String service, String variable) {
        return OTHERS.contains(variable)
                || QUARKUS.contains(variable)
                || isKafkas(variable)
                || (service.equals("weight-applier")
                        && OF_CLUSTER.matcher(variable).matches())
                || Stream.of(OWN.get(service), AccessConfig.class).anyMatch(mapping -> has(mapping, variable));
    }

    private static boolean isKafkas(String variable) {
        var name = variable.replaceFirst("^KAFKA_", "").replace('_', '.').toLowerCase(Locale.ROOT);
        return variable.startsWith("KAFKA_")
                && (AdminClientConfig.configNames().contains(name)
                        || ConsumerConfig.configNames().contains(name));
    }

    private static boolean has(Class<?> mapping, String variable) {
        return ConfigMappings.getProperties(ConfigClass.configClass(mapping)).keySet().stream()
                .anyMatch(name -> variable(name).matcher(variable).matches());
    }

    /** A name's {@code *} stands for a key of a map. */
    private static Pattern variable(String name) {
        return Pattern.compile(Stream.of(name.split("\\*", -1))
                .map(part -> part.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT))
                .collect(Collectors.joining("[A-Z0-9_]+")));
    }

    /** As Quarkus' extensions document theirs, in the jars that the services have. */
    private static Set<String> quarkus() {
        try {
            var models = Collections.list(Settings.class
                    .getClassLoader()
                    .getResources("META-INF/quarkus-config-doc/quarkus-config-model.json"));
            var known = new HashSet<String>();
            for (var model : models) {
                try (var json = model.openStream()) {
                    new ObjectMapper()
                            .readTree(json).findValues("environmentVariable").stream()
                                    .map(JsonNode::asText)
                                    .forEach(known::add);
                }
            }
            return known;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
