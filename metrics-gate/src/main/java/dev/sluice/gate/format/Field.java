package dev.sluice.gate.format;

/** The fields of a metric event. */
enum Field {
    APPLICATION("application", 0),
    TARGET("target", 1),
    VARIANT("variant", 2),
    REVISION("revision", 3),
    METRIC("metric", 4),
    TIME("time", 5),
    COUNT("count", 6),
    VALUE("value", 7),
    HISTOGRAM("histogram", 8),
    LABELS("labels", 9),
    INSTANCE("instance", 10),
    ID("id", 11),
    TOTAL("total", 12),
    HISTOGRAM_TOTAL("histogramTotal", 13),
    SINCE("since", 14);

    private final int length;
    /** Of the name's first eight bytes and of the rest. */
    private final long first;

    private final long rest;

    /** In a set of those that were seen. */
    private final int bit;

    Field(String name, int place) {
        bit = 1 << place;
        length = name.length();
        first = Bytes.word(name);
        rest = length > Long.BYTES ? Bytes.word(name.substring(Long.BYTES)) : 0;
    }

    int bit() {
        return bit;
    }

    int length() {
        return length;
    }

    /** The one whose name stands there, and ends with a quotation mark; null for none. */
    static Field named(byte[] json, int start, int limit) {
        var word = Bytes.word(json, start, Math.min(Long.BYTES, limit - start));
        var length = Bytes.beforeQuote(word);
        if (length == Long.BYTES) {
            return longer(json, start, limit, word);
        }
        var name = word & ((1L << (Byte.SIZE * length)) - 1);
        return switch (length) {
            case 2 -> name == ID.first ? ID : null;
            case 4 -> name == TIME.first ? TIME : null;
            case 5 -> ofFive(name);
            case 6 ->
                name == TARGET.first ? TARGET : name == METRIC.first ? METRIC : name == LABELS.first ? LABELS : null;
            case 7 -> name == VARIANT.first ? VARIANT : null;
            default -> null;
        };
    }

    private static Field ofFive(long name) {
        return name == COUNT.first
                ? COUNT
                : name == VALUE.first ? VALUE : name == TOTAL.first ? TOTAL : name == SINCE.first ? SINCE : null;
    }

    private static Field longer(byte[] json, int start, int limit, long word) {
        var field = word == APPLICATION.first
                ? APPLICATION
                : word == REVISION.first
                        ? REVISION
                        : word == INSTANCE.first ? INSTANCE : word == HISTOGRAM.first ? HISTOGRAM : null;
        if (field == HISTOGRAM && !HISTOGRAM.isAt(json, start, limit)) {
            field = HISTOGRAM_TOTAL;
        }
        return field != null && field.isAt(json, start, limit) ? field : null;
    }

    /** Of more than eight letters, the first eight of which stand there; or of eight. */
    private boolean isAt(byte[] json, int start, int limit) {
        return start + length < limit
                && json[start + length] == '"'
                && Bytes.word(json, start + Long.BYTES, length - Long.BYTES) == rest;
    }
}
