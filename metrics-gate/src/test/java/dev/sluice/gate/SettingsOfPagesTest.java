package dev.sluice.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.alert.Webhooks;
import dev.sluice.gate.config.AlertsConfig;
import dev.sluice.gate.config.FreezesConfig;
import dev.sluice.gate.config.GateConfig;
import dev.sluice.gate.config.KnownSettings;
import dev.sluice.gate.config.ProvidersConfig;
import dev.sluice.gate.format.foreign.Formats;
import dev.sluice.schemas.rollout.reader.YamlTree;
import dev.sluice.schemas.wire.Json;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate's settings as the pages show them are settings that there are. */
class SettingsOfPagesTest {
    @ParameterizedTest
    @ValueSource(strings = {"alerts.md", "metric-formats.md", "metric-providers.md", "windows-and-freezes.md"})
    void everySettingIsOne(String page) throws IOException {
        // given: some say more of what others began
        var settings = new HashMap<String, String>();
        for (var block : blocks(page, "properties")) {
            settings.putAll(settings(block));
        }

        // when
        var config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(AlertsConfig.class)
                .withMapping(FreezesConfig.class)
                .withMapping(GateConfig.class)
                .withMapping(ProvidersConfig.class)
                .withValidateUnknown(false)
                .withSources(new PropertiesConfigSource(settings, "page", 1000))
                .build();

        // then: an unknown one would be told
        assertThat(new KnownSettings(config)).isNotNull();
        assertThat(settings.keySet()).anyMatch(name -> name.startsWith("sluice.gate."));
    }

    @Test
    void everyFormatThatIsShownIsOneAndEveryFreezeHasAnAlert() throws IOException {
        // given
        for (var block : blocks("metric-formats.md", "properties")) {
            assertThat(Formats.topics(settings(block))).isNotNull();
        }

        // when
        var freezes = new SmallRyeConfigBuilder()
                .withMapping(FreezesConfig.class)
                .withValidateUnknown(false)
                .withDefaultValues(
                        settings(blocks("windows-and-freezes.md", "properties").getFirst()))
                .build()
                .getConfigMapping(FreezesConfig.class)
                .freezes();

        // then
        assertThat(freezes)
                .isNotEmpty()
                .allSatisfy((name, rule) -> assertThat(rule.alert()).isNotNull());
    }

    @Test
    void datadogsPayloadHasWhatTheMonitorReads() throws IOException {
        // given
        var read = Json.mapper().readTree(Webhooks.datadog("Triggered", "error", "High", 1));

        // when
        var shown = Json.mapper().readTree(blocks("alerts.md", "json").getFirst());

        // then
        assertThat(shown.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(read::fieldNames);
    }

    @Test
    void alertmanagersConfigurationSendsToThatMonitorsDoor() throws Exception {
        // given
        var shown = YamlTree.parse(blocks("alerts.md", "yaml").get(1));

        // then
        assertThat(shown.at("/receivers/0/webhook_configs/0/url").asText()).endsWith("/api/alerts/alertmanager");
        assertThat(shown.at("/route/routes/0/receiver")).isEqualTo(shown.at("/receivers/0/name"));
    }

    private static Map<String, String> settings(String block) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(block));
        var settings = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }

    private static List<String> blocks(String page, String kind) throws IOException {
        return Pattern.compile("^```" + kind + "\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs").resolve(page)))
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
