package dev.sluice.gate.format.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gate.format.MetricEvents;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.Reading;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("B25 whatever the bytes, a format reads samples or says why not")
class HostileBytesTest {
    private static final String PROMETHEUS = """
            {"timestamp":"2026-11-20T12:00:15Z","value":"12","name":"requests_total","labels":{"a":"b","version":"1"}}""";
    private static final String TELEGRAF = """
            {"name":"latency","tags":{"a":"b","version":"1"},"fields":{"":7,"0.1":4,"+Inf":5,"counter":1.5e3},"timestamp":1763640015}""";
    private static final Mapping ALL_FITS = Formats.topic(
                    "otlp_json", "application", "shop", "target", "prod", "revision", "{version|service.version|a}")
            .mapping();

    static List<MetricFormat> formats() {
        return Formats.ALL;
    }

    private static List<byte[]> seeds() {
        var seeds = new ArrayList<byte[]>();
        for (var temporality : AggregationTemporality.values()) {
            var service = new OtlpTest.Service(temporality, "1.4.2", "pod-7");
            service.requests(200, 4);
            service.took("latency", 0.2);
            service.took("exponential", 0.2);
            service.depth(3);
            seeds.add(service.proto());
            seeds.add(service.json());
        }
        seeds.add(PROMETHEUS.getBytes(StandardCharsets.UTF_8));
        seeds.add(TELEGRAF.getBytes(StandardCharsets.UTF_8));
        return seeds;
    }

    @ParameterizedTest
    @MethodSource("formats")
    void mutants(MetricFormat format) {
        var random = new Random(20261130);
        var seeds = seeds();
        var read = 0;
        for (int i = 0; i < 6_000; i++) {
            read += isRead(format, mutate(seeds.get(random.nextInt(seeds.size())), random)) ? 1 : 0;
        }
        if (!(format instanceof SluiceJson)) {
            assertThat(read).as("mutants that could be read").isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void garbage(MetricFormat format) {
        var random = new Random(20261130);
        for (int i = 0; i < 2_000; i++) {
            var bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            isRead(format, bytes);
        }
        isRead(format, null);
        isRead(format, new byte[0]);
        isRead(format, new byte[1 << 20]);
        isRead(format, "[".repeat(1 << 20).getBytes(StandardCharsets.UTF_8));
        isRead(format, "{\"a\":".repeat(1 << 18).getBytes(StandardCharsets.UTF_8));
        isRead(format, "[{}".concat(",{}".repeat(1 << 18)).getBytes(StandardCharsets.UTF_8));
        isRead(format, "1e999999999".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void deepGroupsAndEmptyMessages() {
        // given
        var groups = new byte[1 << 20];
        java.util.Arrays.fill(groups, (byte) 0x0B);
        var samples = new ByteArrayOutputStream();
        for (int i = 0; i < 400_000; i++) {
            samples.write(0x0A);
            samples.write(0);
        }
        var metrics = nested(nested(samples.toByteArray(), 0x3A), 0x12);

        // then
        assertThat(isRead(new OtlpProto(), groups)).isFalse();
        var reading = new OtlpProto().read(nested(nested(metrics, 0x12), 0x0A), new RecordHeaders());
        assertThat(reading)
                .isInstanceOfSatisfying(
                        ForeignReading.Unreadable.class,
                        why -> assertThat(why.reason()).contains("more than 20000 samples"));
    }

    private static byte[] nested(byte[] inner, int tag) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        for (var length = inner.length; ; length >>>= 7) {
            if (length < 128) {
                out.write(length);
                break;
            }
            out.write((length & 127) | 128);
        }
        out.writeBytes(inner);
        return out.toByteArray();
    }

    /** And what it gives can be mapped and written so that the owner of the series reads it. */
    private static boolean isRead(MetricFormat format, byte[] value) {
        var reading = format.read(value, new RecordHeaders());
        if (!(reading instanceof ForeignReading.Samples(var samples))) {
            return reading instanceof ForeignReading.Event;
        }
        assertThat(samples.size()).isLessThanOrEqualTo(2 * Bounded.SAMPLES);
        samples.stream().limit(20).forEach(HostileBytesTest::isUnderstood);
        return true;
    }

    private static void isUnderstood(ForeignSample sample) {
        if (!(ALL_FITS.map(sample) instanceof Mapped.Event(var event, var counter))) {
            return;
        }
        try {
            var json = Json.mapper().writeValueAsBytes(event);
            assertThat(new MetricEvents().read(json, new RecordHeaders()))
                    .as(() -> new String(json, StandardCharsets.UTF_8))
                    .isInstanceOf(Reading.Message.class);
        } catch (java.io.IOException e) {
            throw new AssertionError(event.toString(), e);
        }
    }

    private static byte[] mutate(byte[] value, Random random) {
        var mutant = value.clone();
        for (int n = random.nextInt(4); n >= 0; n--) {
            var at = random.nextInt(mutant.length);
            switch (random.nextInt(4)) {
                case 0 -> mutant[at] = (byte) random.nextInt(256);
                case 1 -> mutant[at] = value[random.nextInt(value.length)];
                case 2 -> System.arraycopy(value, at, mutant, random.nextInt(at + 1), Math.min(8, value.length - at));
                default -> mutant = java.util.Arrays.copyOf(mutant, 1 + at);
            }
            value = mutant.clone();
        }
        return mutant;
    }
}
