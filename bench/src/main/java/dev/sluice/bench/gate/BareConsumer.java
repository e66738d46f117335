package dev.sluice.bench.gate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What everyone would write first: a consumer, Jackson's streaming parser, and a sum per series in a {@code HashMap}. It checks
 * nothing, knows no time and drops no repeat.
 */
final class BareConsumer implements Contestant {
    private record Series(String application, String target, String variant, String metric, String code) {}

    private final JsonFactory json = new JsonFactory();
    private final Course course;

    BareConsumer(Course course) {
        this.course = course;
    }

    @Override
    public Lap lap() {
        var sums = new HashMap<Series, double[]>();
        try (var consumer = course.consumer()) {
            var read = 0L;
            var watch = new Watch();
            while (read < course.events()) {
                var records = consumer.poll(Duration.ofSeconds(1));
                if (!records.isEmpty()) {
                    watch.start();
                }
                for (var record : records) {
                    add(record.value(), sums);
                }
                read += records.count();
            }
            watch.stop();
            return new Lap(read, watch.nanos(), watch.cpuNanos(), 0, 0, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(byte[] value, Map<Series, double[]> sums) throws IOException {
        String application = null;
        String target = null;
        String variant = null;
        String metric = null;
        String code = null;
        var number = 0.0;
        try (var parser = json.createParser(value)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "application" -> application = parser.getText();
                    case "target" -> target = parser.getText();
                    case "variant" -> variant = parser.getText();
                    case "metric" -> metric = parser.getText();
                    case "count", "value" -> number = parser.getDoubleValue();
                    case "labels" -> code = code(parser);
                    default -> parser.skipChildren();
                }
            }
        }
        sums.computeIfAbsent(new Series(application, target, variant, metric, code), series -> new double[1])[0] +=
                number;
    }

    private static String code(JsonParser parser) throws IOException {
        String code = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var isCode = parser.currentName().equals("code");
            parser.nextToken();
            code = isCode ? parser.getText() : code;
        }
        return code;
    }
}
