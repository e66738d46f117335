package dev.sluice.gate.format.foreign;

import dev.sluice.gate.config.GateConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The formats as the gate has them, and configurations in words. */
public final class Formats {
    public static final List<MetricFormat> ALL =
            List.of(new SluiceJson(), new OtlpProto(), new OtlpJson(), new PrometheusJson(), new TelegrafJson());

    private Formats() {}

    public static GateConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(GateConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(GateConfig.class);
    }

    public static ForeignTopics topics(Map<String, String> settings) {
        return new ForeignTopics(config(settings), ALL);
    }

    /** @param mapping pairs of a setting below {@code mapping.} and its value */
    static ForeignTopic topic(String format, String... mapping) {
        var settings = new java.util.HashMap<String, String>();
        settings.put("sluice.gate.formats.\"theirs\".format", format);
        for (int i = 0; i < mapping.length; i += 2) {
            settings.put("sluice.gate.formats.\"theirs\".mapping." + mapping[i], mapping[i + 1]);
        }
        return topics(settings).get("theirs");
    }

    static List<ForeignSample> samples(MetricFormat format, byte[] value) {
        var reading = format.read(value, new RecordHeaders());
        if (reading instanceof ForeignReading.Samples(var samples)) {
            return samples;
        }
        throw new AssertionError(format.name() + " says " + reading);
    }

    static List<ForeignSample> samples(MetricFormat format, String value) {
        return samples(format, value.getBytes(StandardCharsets.UTF_8));
    }
}
