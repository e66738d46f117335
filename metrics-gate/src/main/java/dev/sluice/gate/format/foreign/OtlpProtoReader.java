package dev.sluice.gate.format.foreign;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.sluice.gate.format.foreign.OtlpMetric.Kind;
import dev.sluice.gate.format.foreign.OtlpMetric.Temporality;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads OTLP's protobuf field by field, by the numbers of metrics.proto and common.proto. Generated classes would make objects of
 * whatever a sender writes, a hundred bytes for two of his; this one keeps what a sample needs, and counts while it reads.
 */
final class OtlpProtoReader {
    private static final int VARINT = WireFormat.WIRETYPE_VARINT;
    private static final int FIXED64 = WireFormat.WIRETYPE_FIXED64;
    private static final int LENGTH = WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int DEEPEST = 20;

    private interface Fields {
        /** @return whether it has read this field's value */
        boolean take(int number, int wireType) throws IOException;
    }

    private final CodedInputStream in;
    private final Bounded bounded = new Bounded();
    private final List<OtlpMetric> metrics = new ArrayList<>();
    private boolean isOtlp;

    private OtlpProtoReader(byte[] value) {
        in = CodedInputStream.newInstance(value);
        in.setRecursionLimit(DEEPEST);
    }

    /** Null where there is something, and nothing of OTLP. */
    static List<OtlpMetric> read(byte[] value) throws IOException {
        var reader = new OtlpProtoReader(value);
        reader.fields((number, type) -> number == 1 && type == LENGTH && reader.resourceMetrics());
        return reader.isOtlp || value.length == 0 ? reader.metrics : null;
    }

    private void fields(Fields fields) throws IOException {
        for (var tag = in.readTag(); tag != 0; tag = in.readTag()) {
            var number = WireFormat.getTagFieldNumber(tag);
            if (!fields.take(number, WireFormat.getTagWireType(tag)) && !in.skipField(tag)) {
                throw new IOException("a group that ends and never began");
            }
        }
    }

    /** Says true, so that it may stand for the field's having been taken. */
    private boolean message(Fields fields) throws IOException {
        var outer = in.pushLimit(in.readRawVarint32());
        fields(fields);
        in.popLimit(outer);
        return true;
    }

    private boolean resourceMetrics() throws IOException {
        isOtlp = true;
        var resource = Bounded.labels();
        return message((number, type) -> switch (number) {
            case 1 -> type == LENGTH && message((n, t) -> n == 1 && t == LENGTH && attribute(resource));
            case 2 -> type == LENGTH && scopeMetrics(resource);
            default -> false;
        });
    }

    private boolean scopeMetrics(Map<String, String> resource) throws IOException {
        var scope = Bounded.labels();
        return message((number, type) -> switch (number) {
            case 1 -> type == LENGTH && message((n, t) -> t == LENGTH && scope(scope, n));
            case 2 -> type == LENGTH && metric(resource, scope);
            default -> false;
        });
    }

    private boolean scope(Map<String, String> scope, int number) throws IOException {
        if (number != 1 && number != 2) {
            return false;
        }
        bounded.put(scope, number == 1 ? OtlpMetric.SCOPE_NAME : OtlpMetric.SCOPE_VERSION, in.readStringRequireUtf8());
        return true;
    }

    private boolean metric(Map<String, String> resource, Map<String, String> scope) throws IOException {
        var metric = new OtlpMetric(resource, scope);
        bounded.sample();
        metrics.add(metric);
        return message((number, type) -> {
            if (type != LENGTH) {
                return false;
            }
            return switch (number) {
                case 1 -> {
                    metric.name = in.readStringRequireUtf8();
                    yield true;
                }
                case 5 -> points(metric, Kind.GAUGE);
                case 7 -> points(metric, Kind.SUM);
                case 9 -> points(metric, Kind.HISTOGRAM);
                case 10 -> points(metric, Kind.EXPONENTIAL);
                case 11 -> points(metric, Kind.SUMMARY);
                default -> false;
            };
        });
    }

    private boolean points(OtlpMetric metric, Kind kind) throws IOException {
        metric.kind = kind;
        return message((number, type) -> {
            if (number == 1 && type == LENGTH) {
                return point(metric);
            }
            if (number == 2 && type == VARINT) {
                metric.temporality = Temporality.of(in.readEnum());
                return true;
            }
            if (number == 3 && type == VARINT) {
                metric.monotonic = in.readBool();
                return true;
            }
            return false;
        });
    }

    private boolean point(OtlpMetric metric) throws IOException {
        bounded.sample();
        var point = new OtlpPoint();
        metric.points.add(point);
        return message((number, type) -> {
            if (type == FIXED64 && (number == 2 || number == 3)) {
                var nanos = in.readFixed64();
                point.start = number == 2 ? nanos : point.start;
                point.time = number == 3 ? nanos : point.time;
                return true;
            }
            return switch (metric.kind) {
                case GAUGE, SUM -> number(point, number, type);
                case HISTOGRAM -> histogram(point, number, type);
                case EXPONENTIAL -> exponential(point, number, type);
                case SUMMARY -> summary(point, number, type);
                case NONE -> false;
            };
        });
    }

    private boolean number(OtlpPoint point, int number, int type) throws IOException {
        switch (field(number, type)) {
            case 4 * 8 + FIXED64 -> point.number = in.readDouble();
            case 6 * 8 + FIXED64 -> point.number = in.readSFixed64();
            case 7 * 8 + LENGTH -> attribute(point.labels);
            case 8 * 8 + VARINT -> point.flags = in.readUInt32();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean histogram(OtlpPoint point, int number, int type) throws IOException {
        switch (field(number, type)) {
            case 4 * 8 + FIXED64 -> point.count = unsigned(in.readFixed64());
            case 5 * 8 + FIXED64 -> point.sum = in.readDouble();
            case 6 * 8 + FIXED64 -> point.counts.add(unsigned(in.readFixed64()));
            case 6 * 8 + LENGTH -> packed(() -> point.counts.add(unsigned(in.readFixed64())));
            case 7 * 8 + FIXED64 -> point.bounds.add(in.readDouble());
            case 7 * 8 + LENGTH -> packed(() -> point.bounds.add(in.readDouble()));
            case 9 * 8 + LENGTH -> attribute(point.labels);
            case 10 * 8 + VARINT -> point.flags = in.readUInt32();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean exponential(OtlpPoint point, int number, int type) throws IOException {
        switch (field(number, type)) {
            case 1 * 8 + LENGTH -> attribute(point.labels);
            case 4 * 8 + FIXED64 -> point.count = unsigned(in.readFixed64());
            case 5 * 8 + FIXED64 -> point.sum = in.readDouble();
            case 6 * 8 + VARINT -> point.scale = in.readSInt32();
            case 7 * 8 + FIXED64 -> point.zeros = unsigned(in.readFixed64());
            case 8 * 8 + LENGTH -> side(point.positive);
            case 9 * 8 + LENGTH -> side(point.negative);
            case 10 * 8 + VARINT -> point.flags = in.readUInt32();
            case 14 * 8 + FIXED64 -> point.zeroThreshold = in.readDouble();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void side(OtlpPoint.Side side) throws IOException {
        message((number, type) -> {
            switch (field(number, type)) {
                case 1 * 8 + VARINT -> side.offset = in.readSInt32();
                case 2 * 8 + VARINT -> side.counts.add(unsigned(in.readUInt64()));
                case 2 * 8 + LENGTH -> packed(() -> side.counts.add(unsigned(in.readUInt64())));
                default -> {
                    return false;
                }
            }
            return true;
        });
    }

    private boolean summary(OtlpPoint point, int number, int type) throws IOException {
        switch (field(number, type)) {
            case 4 * 8 + FIXED64 -> point.count = unsigned(in.readFixed64());
            case 5 * 8 + FIXED64 -> point.sum = in.readDouble();
            case 6 * 8 + LENGTH -> quantile(point);
            case 7 * 8 + LENGTH -> attribute(point.labels);
            case 8 * 8 + VARINT -> point.flags = in.readUInt32();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void quantile(OtlpPoint point) throws IOException {
        var pair = new double[2];
        message((number, type) -> {
            if (type != FIXED64 || number < 1 || number > 2) {
                return false;
            }
            pair[number - 1] = in.readDouble();
            return true;
        });
        bounded.sample();
        point.quantile(pair[0], pair[1]);
    }

    private interface Step {
        void run() throws IOException;
    }

    private void packed(Step next) throws IOException {
        var outer = in.pushLimit(in.readRawVarint32());
        while (!in.isAtEnd()) {
            next.run();
        }
        in.popLimit(outer);
    }

    private boolean attribute(Map<String, String> into) throws IOException {
        var pair = new String[] {"", ""};
        message((number, type) -> {
            if (number == 1 && type == LENGTH) {
                pair[0] = in.readStringRequireUtf8();
                return true;
            }
            return number == 2 && type == LENGTH && message((n, t) -> scalar(n, t, pair));
        });
        bounded.put(into, pair[0], pair[1]);
        return true;
    }

    /** Lists, maps and bytes name nothing. */
    private boolean scalar(int number, int type, String[] pair) throws IOException {
        switch (field(number, type)) {
            case 1 * 8 + LENGTH -> pair[1] = in.readStringRequireUtf8();
            case 2 * 8 + VARINT -> pair[1] = Boolean.toString(in.readBool());
            case 3 * 8 + VARINT -> pair[1] = Long.toString(in.readInt64());
            case 4 * 8 + FIXED64 -> pair[1] = Double.toString(in.readDouble());
            default -> {
                return false;
            }
        }
        return true;
    }

    /** As a tag says both; numbers that are too large for that are none of these messages'. */
    private static int field(int number, int type) {
        return number > DEEPEST ? -1 : number * 8 + type;
    }

    private static double unsigned(long number) {
        return number >= 0 ? number : (number >>> 1) * 2.0;
    }
}
