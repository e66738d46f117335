package dev.sluice.gate.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.MetricEvent;
import dev.sluice.schemas.message.MetricEvent.Histogram;
import dev.sluice.schemas.wire.MessageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Reads one event token by token, without a tree. It takes a subset of what the schema allows and answers null for
 * everything else: {@link MetricEvents} then asks the reader that goes by the schema.
 */
final class MetricEventParser {
    private static final int REGISTRY_PREFIX_BYTES = 5;
    private static final int UNKNOWN_FIELDS = 8;

    private final JsonFactory json = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4)
                    .maxStringLength(4096)
                    .maxNameLength(256)
                    .maxNumberLength(100)
                    .build())
            .build();

    MetricEvent parse(byte[] value, Headers headers) {
        if (value == null || value.length > Topic.METRICS.maxBytes() || !isPlain(headers)) {
            return null;
        }
        var skipped = value.length > REGISTRY_PREFIX_BYTES && value[0] == 0 ? REGISTRY_PREFIX_BYTES : 0;
        try (var parser = json.createParser(value, skipped, value.length - skipped)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? event(parser) : null;
        } catch (IOException notJson) {
            return null;
        }
    }

    /** Structured CloudEvents and other types' events are not for this parser. */
    static boolean isPlain(Headers headers) {
        // nearly all events have none, and an array of none costs nothing
        for (Header header : headers.toArray()) {
            // the same in capitals is rare enough for the other reader
            var isInteresting = header.key().equalsIgnoreCase("content-type")
                    || header.key().regionMatches(true, 0, "ce_", 0, 3);
            if (isInteresting && header.value() != null && !isPlain(header.key(), header.value())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(String name, byte[] value) {
        var text = new String(value, StandardCharsets.UTF_8);
        return switch (name) {
            case "content-type" -> text.equals("application/json");
            case "ce_specversion" -> text.startsWith("1.");
            case "ce_type" -> !text.startsWith("dev.sluice.") || text.equals(MessageType.METRIC_EVENT.ceType());
            case "ce_sluiceformat" -> text.equals("1");
            default -> name.startsWith("ce_") && name.equals(name.toLowerCase(Locale.ROOT));
        };
    }

    /** Of the labels that the parser stands at the beginning of; null where they are not valid. */
    static Map<String, String> labels(JsonParser parser) throws IOException {
        return Draft.labels(parser);
    }

    private static MetricEvent event(JsonParser parser) throws IOException {
        var draft = new Draft();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            if (!draft.isFirst(name)) {
                return null;
            }
            if (parser.nextToken() != JsonToken.VALUE_NULL && !draft.take(name, parser)) {
                return null;
            }
        }
        return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null ? draft.event() : null;
    }

    /** The fields of one event as they come in. */
    private static final class Draft {
        private static final List<String> KNOWN = List.of(
                "application",
                "target",
                "variant",
                "revision",
                "metric",
                "time",
                "count",
                "value",
                "histogram",
                "labels",
                "instance",
                "id",
                "total",
                "histogramTotal",
                "since");

        private int seen;
        private List<String> unknown;
        private String application;
        private String target;
        private String variant;
        private String revision;
        private String metric;
        private Instant time;
        private Double count;
        private Double value;
        private Histogram histogram;
        private Double total;
        private Histogram histogramTotal;
        private Instant since;
        private Map<String, String> labels;
        private String instance;
        private String id;

        boolean isFirst(String name) {
            var index = KNOWN.indexOf(name);
            if (index < 0) {
                unknown = unknown == null ? new ArrayList<>(2) : unknown;
                return unknown.size() < UNKNOWN_FIELDS && !unknown.contains(name) && unknown.add(name);
            }
            var first = (seen & (1 << index)) == 0;
            seen |= 1 << index;
            return first;
        }

        /** Says false where the value is not plainly right. */
        boolean take(String name, JsonParser parser) throws IOException {
            return switch (name) {
                case "application" -> (application = text(parser, 253)) != null && Names.isApplication(application);
                case "target" -> (target = text(parser, 63)) != null && Names.isTarget(target);
                case "variant" -> (variant = variant(parser)) != null;
                case "revision" -> (revision = text(parser, 256)) != null && !revision.isEmpty();
                case "metric" -> (metric = text(parser, 128)) != null && Names.isMetric(metric);
                case "time" -> (time = Rfc3339.instant(text(parser, 40))) != null;
                case "count" -> (count = number(parser)) != null && count >= 0;
                case "value" -> (value = number(parser)) != null;
                case "histogram" -> (histogram = histogram(parser)) != null;
                case "total" -> (total = number(parser)) != null && total >= 0;
                case "histogramTotal" -> (histogramTotal = histogram(parser)) != null;
                case "since" -> (since = Rfc3339.instant(text(parser, 40))) != null;
                case "labels" -> (labels = labels(parser)) != null;
                case "instance" -> (instance = text(parser, 253)) != null;
                case "id" -> (id = text(parser, 128)) != null && !id.isEmpty();
                // in an envelope the fields are elsewhere
                case "specversion" -> false;
                // rare enough for the other reader
                case "alert", "state" -> false;
                default -> UnknownValue.isPlain(parser);
            };
        }

        MetricEvent event() {
            var kinds = Stream.of(count, value, histogram, total, histogramTotal)
                    .filter(Objects::nonNull)
                    .count();
            if (application == null || target == null || metric == null || kinds != 1) {
                return null;
            }
            return variant == null && revision == null
                    ? null
                    : new MetricEvent(
                            application,
                            target,
                            variant,
                            revision,
                            metric,
                            time,
                            count,
                            value,
                            histogram,
                            total,
                            histogramTotal,
                            since,
                            null,
                            null,
                            labels,
                            instance,
                            id);
        }

        private static String variant(JsonParser parser) throws IOException {
            var text = text(parser, 6);
            return "canary".equals(text) || "stable".equals(text) ? text : null;
        }

        private static String text(JsonParser parser, int maxChars) throws IOException {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                return null;
            }
            var text = parser.getText();
            return text.length() <= maxChars && Names.isStorable(text) ? text : null;
        }

        private static Double number(JsonParser parser) throws IOException {
            if (!parser.currentToken().isNumeric()) {
                return null;
            }
            var number = parser.getDoubleValue();
            return Double.isFinite(number) ? number : null;
        }

        private static Map<String, String> labels(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                return null;
            }
            var labels = new HashMap<String, String>(8);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                var label = text(parser, 256);
                if (label == null
                        || name.isEmpty()
                        || name.length() > 64
                        || !Names.isStorable(name)
                        || labels.put(name, label) != null
                        || labels.size() > 16) {
                    return null;
                }
            }
            return labels;
        }

        private static Histogram histogram(JsonParser parser) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                return null;
            }
            List<Double> bounds = null;
            List<Double> counts = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                if (name.equals("bounds") && bounds == null) {
                    bounds = numbers(parser, 256, -Double.MAX_VALUE);
                } else if (name.equals("counts") && counts == null) {
                    counts = numbers(parser, 257, 0);
                } else {
                    return null;
                }
            }
            return bounds != null && counts != null && counts.size() == bounds.size() + 1 && ascend(bounds)
                    ? new Histogram(bounds, counts)
                    : null;
        }

        private static boolean ascend(List<Double> bounds) {
            for (int i = 1; i < bounds.size(); i++) {
                if (!(bounds.get(i) > bounds.get(i - 1))) {
                    return false;
                }
            }
            return !bounds.isEmpty();
        }

        private static List<Double> numbers(JsonParser parser, int max, double minimum) throws IOException {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                return null;
            }
            var numbers = new ArrayList<Double>(16);
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                var number = number(parser);
                if (number == null || number < minimum || numbers.size() == max) {
                    return null;
                }
                numbers.add(number);
            }
            return numbers;
        }
    }
}
