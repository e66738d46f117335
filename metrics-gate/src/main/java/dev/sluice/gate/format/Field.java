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
    ID("id", 11);

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

    /** Null for none. */
    static Field named(byte[] json, int start, int length) {
        var first = Bytes.word(json, start, Math.min(length, Long.BYTES));
        return switch (length) {
            case 2 -> first == ID.first ? ID : null;
            case 4 -> first == TIME.first ? TIME : null;
            case 5 -> first == COUNT.first ? COUNT : first == VALUE.first ? VALUE : null;
            case 6 ->
                first == TARGET.first ? TARGET : first == METRIC.first ? METRIC : first == LABELS.first ? LABELS : null;
            case 7 -> first == VARIANT.first ? VARIANT : null;
            case 8 -> first == REVISION.first ? REVISION : first == INSTANCE.first ? INSTANCE : null;
            case 9, 11 -> longer(json, start, length, first);
            default -> null;
        };
    }

    private static Field longer(byte[] json, int start, int length, long first) {
        var field = length == APPLICATION.length ? APPLICATION : HISTOGRAM;
        var isIt = first == field.first && Bytes.word(json, start + Long.BYTES, length - Long.BYTES) == field.rest;
        return isIt ? field : null;
    }
}
