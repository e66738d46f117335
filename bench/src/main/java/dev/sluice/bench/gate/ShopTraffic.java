package dev.sluice.bench.gate;

import dev.sluice.schemas.wire.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Healthy metric events of many services, the same in each run. Each service's sender has its habits: it sends a time or not, in
 * UTC or with an offset, an id or not, fields that nobody knows or not.
 */
final class ShopTraffic {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter WITH_OFFSET =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'").withZone(ZoneOffset.UTC);
    private static final int CANARY_PERCENT = 20;
    private static final int SAMPLES_PERCENT = 10;

    private final Random random = new Random(4711);
    private final Course course;

    ShopTraffic(Course course) {
        this.course = course;
    }

    static String application(int service) {
        return String.format(Locale.ROOT, "shop/service-%04d", service);
    }

    static String target() {
        return "prod";
    }

    /** Appends all events of the course, each where Java's partitioner puts its key. */
    void publish(Consumer<String> say) {
        var services = course.services();
        var partitions = new int[services];
        var keys = new byte[services][];
        for (int service = 0; service < services; service++) {
            var key = Keys.applicationTarget(application(service), target());
            keys[service] = key.getBytes(StandardCharsets.UTF_8);
            partitions[service] = Keys.partition(key, course.partitions());
        }
        var settings = Map.<String, Object>of(
                "bootstrap.servers", course.bootstrapServers(), "linger.ms", 20, "batch.size", 64 << 10);
        var bytes = 0L;
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long i = 0; i < course.events(); i++) {
                var at = course.timeOf(i);
                var service = random.nextInt(services);
                var value = event(service, at).getBytes(StandardCharsets.UTF_8);
                bytes += value.length;
                var unused = producer.send(new ProducerRecord<>(
                        course.topic(), partitions[service], at.toEpochMilli(), keys[service], value));
            }
        }
        say.accept(String.format(
                Locale.ROOT,
                "%,d events of %,d services in %d partitions, %d bytes each on average",
                course.events(),
                services,
                course.partitions(),
                bytes / course.events()));
    }

    /** One of a service's events, measured at about this time. */
    String event(int service, Instant at) {
        var variant = random.nextInt(100) < CANARY_PERCENT ? "canary" : "stable";
        var text = new StringBuilder(320)
                .append("{\"application\":\"")
                .append(application(service))
                .append("\",\"target\":\"")
                .append(target())
                .append("\",\"variant\":\"")
                .append(variant)
                .append("\",\"metric\":\"");
        if (random.nextInt(100) < SAMPLES_PERCENT) {
            text.append("queue_depth\",\"value\":").append(random.nextInt(400) / 10.0);
        } else {
            requests(text);
        }
        habits(service, at, text);
        return text.append('}').toString();
    }

    /** So many failed requests of a canary, counted since the last such event. */
    static String errors(int service, int count) {
        return """
                {"application":"%s","target":"%s","variant":"canary","metric":"http_requests","count":%d,\
                "labels":{"code":"500","method":"GET"}}""".formatted(application(service), target(), count);
    }

    private void requests(StringBuilder text) {
        var kind = random.nextInt(1000);
        var code = kind < 2 ? 500 : kind < 30 ? 404 : 200;
        var count = code == 200 ? 20 + random.nextInt(200) : 1;
        text.append("http_requests\",\"count\":")
                .append(count)
                .append(",\"labels\":{\"code\":\"")
                .append(code)
                .append("\",\"method\":\"")
                .append(kind % 5 == 0 ? "POST" : "GET")
                .append("\"}");
    }

    private void habits(int service, Instant at, StringBuilder text) {
        var measured = at.minusMillis(random.nextInt(20));
        switch (service % 4) {
            case 0 -> {}
            case 1 -> text.append(",\"time\":\"").append(UTC.format(measured)).append('"');
            case 2 ->
                text.append(",\"time\":\"")
                        .append(WITH_OFFSET.format(measured))
                        .append("\",\"pod\":{\"name\":\"service-7d9f\",\"node\":{\"zone\":\"eu-1a\",\"load\":0.25},")
                        .append("\"ips\":[\"10.0.0.1\",\"10.0.0.2\"]}");
            default ->
                text.append(",\"time\":\"")
                        .append(UTC.format(measured))
                        .append("\",\"instance\":\"pod-7\",\"id\":\"pod-7:")
                        .append(Long.toString(random.nextLong() >>> 1, 36))
                        .append('"');
        }
    }
}
