package dev.sluice.bench.gate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.WindowStore;

/**
 * What Kafka Streams is made for, set up to its advantage: one thread; the topic's key is the aggregate's, so nothing is
 * repartitioned; tumbling windows of 10 s, so that each event is in one; sums of requests and errors per variant, in five numbers;
 * the store in memory, with its cache, and without a changelog.
 */
final class StreamsAggregate implements Contestant {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    /** As late as the gate takes events. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final JsonFactory json = new JsonFactory();
    private final Course course;

    StreamsAggregate(Course course) {
        this.course = course;
    }

    /** Requests and errors of the two sides, and other samples. */
    private record Sums(double stable, double stableErrors, double canary, double canaryErrors, double samples) {
        static final Sums NONE = new Sums(0, 0, 0, 0, 0);

        Sums plus(Measured event) {
            if (!event.isRequests()) {
                return new Sums(stable, stableErrors, canary, canaryErrors, samples + 1);
            }
            var error = event.isError() ? event.number() : 0;
            return event.isCanary()
                    ? new Sums(stable, stableErrors, canary + event.number(), canaryErrors + error, samples)
                    : new Sums(stable + event.number(), stableErrors + error, canary, canaryErrors, samples);
        }

        byte[] bytes() {
            return ByteBuffer.allocate(40)
                    .putDouble(stable)
                    .putDouble(stableErrors)
                    .putDouble(canary)
                    .putDouble(canaryErrors)
                    .putDouble(samples)
                    .array();
        }

        static Sums of(byte[] bytes) {
            var buffer = ByteBuffer.wrap(bytes);
            return new Sums(
                    buffer.getDouble(), buffer.getDouble(), buffer.getDouble(), buffer.getDouble(), buffer.getDouble());
        }
    }

    private record Measured(boolean isCanary, boolean isRequests, boolean isError, double number) {}

    @Override
    public Lap lap() {
        var all = new CountDownLatch(1);
        var watch = new Watch();
        try (var streams = new KafkaStreams(topology(watch, all).build(), settings())) {
            streams.start();
            all.await();
            streams.close(Duration.ofSeconds(20));
            streams.cleanUp();
            return new Lap(course.events(), watch.nanos(), watch.cpuNanos(), 0, 0, 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** @param watch is the one thread's of Streams; the latch shows it to others */
    private StreamsBuilder topology(Watch watch, CountDownLatch all) {
        var counted = new AtomicLong();
        var builder = new StreamsBuilder();
        var events = Serdes.serdeFrom(unused(), (Deserializer<Measured>) (topic, value) -> measured(value));
        var sums = Serdes.serdeFrom(
                (Serializer<Sums>) (topic, value) -> value == null ? null : value.bytes(),
                (Deserializer<Sums>) (topic, bytes) -> bytes == null ? null : Sums.of(bytes));
        builder.stream(course.topic(), Consumed.with(Serdes.ByteArray(), events))
                .groupByKey(Grouped.with(Serdes.ByteArray(), events))
                .windowedBy(TimeWindows.ofSizeAndGrace(WINDOW, GRACE))
                .aggregate(
                        () -> Sums.NONE,
                        (key, event, before) -> {
                            watch.start();
                            if (counted.incrementAndGet() == course.events()) {
                                watch.stop();
                                all.countDown();
                            }
                            return before.plus(event);
                        },
                        Materialized.<byte[], Sums, WindowStore<Bytes, byte[]>>as("sums")
                                .withKeySerde(Serdes.ByteArray())
                                .withValueSerde(sums)
                                .withStoreType(Materialized.StoreType.IN_MEMORY)
                                .withRetention(WINDOW.plus(GRACE))
                                .withCachingEnabled()
                                .withLoggingDisabled());
        return builder;
    }

    private static Serializer<Measured> unused() {
        return (topic, value) -> {
            throw new IllegalStateException("nothing is repartitioned");
        };
    }

    private Properties settings() {
        var settings = new Properties();
        course.consumerSettings().forEach((name, value) -> settings.put(StreamsConfig.consumerPrefix(name), value));
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "bench-" + UUID.randomUUID());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, course.bootstrapServers());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.put(
                StreamsConfig.STATE_DIR_CONFIG,
                Path.of(System.getProperty("java.io.tmpdir"), "sluice-bench-streams")
                        .toString());
        return settings;
    }

    private Measured measured(byte[] value) {
        var isCanary = false;
        var isRequests = false;
        var isError = false;
        var number = 0.0;
        try (var parser = json.createParser(value)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "variant" -> isCanary = parser.getText().equals("canary");
                    case "metric" -> isRequests = parser.getText().equals("http_requests");
                    case "count", "value" -> number = parser.getDoubleValue();
                    case "labels" -> {
                        while (parser.nextToken() == JsonToken.FIELD_NAME) {
                            var isCode = parser.currentName().equals("code");
                            parser.nextToken();
                            isError |= isCode && parser.getText().startsWith("5");
                        }
                    }
                    default -> parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Measured(isCanary, isRequests, isError, number);
    }
}
