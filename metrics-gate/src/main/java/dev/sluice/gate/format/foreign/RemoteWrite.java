package dev.sluice.gate.format.foreign;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyError;

/**
 * Bodies of Prometheus's remote write (prometheus.io/docs/specs/prw): snappy's block format around {@code prometheus.WriteRequest} of
 * 1.0, or {@code io.prometheus.write.v2.Request} of 2.0, where labels are numbers in a table of symbols. Native histograms are
 * left out. No format of a topic, and no bean.
 */
public final class RemoteWrite implements MetricFormat {
    private static final int MOST_BYTES = 16 << 20;
    private static final int MOST_SYMBOLS = 200_000;
    private static final int LENGTH = WireFormat.WIRETYPE_LENGTH_DELIMITED;
    private static final int COUNTER = 1;
    private static final int GAUGE = 2;

    private interface Fields {
        boolean take(int number, int wireType) throws IOException;
    }

    private final boolean isSecond;

    /** @param isSecond whether it is 2.0 */
    public RemoteWrite(boolean isSecond) {
        this.isSecond = isSecond;
    }

    @Override
    public String name() {
        return isSecond ? "remote_write_2" : "remote_write_1";
    }

    @Override
    public boolean comesInPairs() {
        return true;
    }

    @Override
    public ForeignReading read(byte[] value, Headers headers) {
        try {
            var length = Snappy.uncompressedLength(value);
            // from 2 GiB on it is negative
            if (length < 0 || length > MOST_BYTES) {
                return new ForeignReading.Unreadable("more than " + MOST_BYTES + " bytes");
            }
            return new ForeignReading.Samples(new Reader(Snappy.uncompress(value)).read(isSecond));
        } catch (IOException | SnappyError e) {
            return new ForeignReading.Unreadable("no remote write: " + e.getMessage());
        }
    }

    private static final class Reader {
        private final byte[] bytes;
        private final Bounded bounded = new Bounded();
        private final List<String> symbols = new ArrayList<>();
        private final List<ForeignSample> samples = new ArrayList<>();
        private CodedInputStream in;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        List<ForeignSample> read(boolean isSecond) throws IOException {
            if (isSecond) {
                // wherever the table stands, it is needed first
                over((number, type) -> number == 4 && type == LENGTH && symbol());
                over((number, type) -> number == 5 && type == LENGTH && series(true));
            } else {
                over((number, type) -> number == 1 && type == LENGTH && series(false));
            }
            return samples;
        }

        private void over(Fields fields) throws IOException {
            in = CodedInputStream.newInstance(bytes);
            fields(fields);
        }

        private void fields(Fields fields) throws IOException {
            for (var tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (!fields.take(WireFormat.getTagFieldNumber(tag), WireFormat.getTagWireType(tag))
                        && !in.skipField(tag)) {
                    throw new IOException("a group that ends and never began");
                }
            }
        }

        private boolean message(Fields fields) throws IOException {
            var outer = in.pushLimit(in.readRawVarint32());
            fields(fields);
            in.popLimit(outer);
            return true;
        }

        private boolean symbol() throws IOException {
            if (symbols.size() == MOST_SYMBOLS) {
                throw new IOException("more than " + MOST_SYMBOLS + " symbols");
            }
            // once, and not wherever it is referred to
            return symbols.add(Bounded.cut(in.readStringRequireUtf8()));
        }

        /** Fields of one series, in whatever order they come. */
        private static final class Series {
            private final Map<String, String> labels = Bounded.labels();
            private final List<double[]> values = new ArrayList<>();
            private final List<long[]> times = new ArrayList<>();
            private int type;
            private long created;
            private int nameRef = -1;
        }

        private boolean series(boolean isSecond) throws IOException {
            bounded.sample();
            var series = new Series();
            message((number, type) -> isSecond ? second(series, number, type) : first(series, number, type));
            var name = series.labels.remove(PrometheusJson.NAME_LABEL);
            for (int i = 0; name != null && i < series.values.size(); i++) {
                var value = series.values.get(i)[0];
                var amount = series.type == COUNTER
                        ? Amount.count(value, true)
                        : series.type == GAUGE ? Amount.value(value) : Amount.untyped(value);
                var began = series.times.get(i)[1] > 0 ? series.times.get(i)[1] : series.created;
                samples.add(new ForeignSample(
                        name, series.labels, amount, instant(series.times.get(i)[0]), instant(began)));
            }
            return true;
        }

        private boolean first(Series series, int number, int type) throws IOException {
            return type == LENGTH && ((number == 1 && label(series)) || (number == 2 && sample(series)));
        }

        private boolean second(Series series, int number, int type) throws IOException {
            if (number == 1 && type == LENGTH) {
                var outer = in.pushLimit(in.readRawVarint32());
                while (!in.isAtEnd()) {
                    reference(series);
                }
                in.popLimit(outer);
                return true;
            }
            if (number == 1 && type == WireFormat.WIRETYPE_VARINT) {
                reference(series);
                return true;
            }
            if (number == 6 && type == WireFormat.WIRETYPE_VARINT) {
                series.created = in.readInt64();
                return true;
            }
            return type == LENGTH && ((number == 2 && sample(series)) || (number == 5 && metadata(series)));
        }

        /** Names and values take turns. */
        private void reference(Series series) throws IOException {
            var reference = in.readUInt32();
            if (reference < 0 || reference >= symbols.size()) {
                throw new IOException("there is no symbol " + Integer.toUnsignedString(reference));
            }
            if (series.nameRef < 0) {
                series.nameRef = reference;
            } else {
                bounded.put(series.labels, symbols.get(series.nameRef), symbols.get(reference));
                series.nameRef = -1;
            }
        }

        private boolean metadata(Series series) throws IOException {
            return message((number, type) -> {
                if (number != 1 || type != WireFormat.WIRETYPE_VARINT) {
                    return false;
                }
                series.type = in.readEnum();
                return true;
            });
        }

        private boolean label(Series series) throws IOException {
            var pair = new String[] {"", ""};
            message((number, type) -> {
                if (type != LENGTH || number < 1 || number > 2) {
                    return false;
                }
                pair[number - 1] = in.readStringRequireUtf8();
                return true;
            });
            bounded.put(series.labels, pair[0], pair[1]);
            return true;
        }

        private boolean sample(Series series) throws IOException {
            bounded.sample();
            var value = new double[1];
            var times = new long[2];
            message((number, type) -> {
                if (number == 1 && type == WireFormat.WIRETYPE_FIXED64) {
                    value[0] = in.readDouble();
                    return true;
                }
                if ((number == 2 || number == 3) && type == WireFormat.WIRETYPE_VARINT) {
                    times[number - 2] = in.readInt64();
                    return true;
                }
                return false;
            });
            series.values.add(value);
            return series.times.add(times);
        }

        /** In this millennium, or there is none. */
        private static Instant instant(long millis) {
            return millis <= 0 || millis > 32_503_680_000_000L ? null : Instant.ofEpochMilli(millis);
        }
    }
}
