package dev.sluice.gate.format.foreign;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** How much of a record is looked at: senders may be broken or hostile, and the memory is everybody's. */
final class Bounded {
    static final int SAMPLES = 20_000;
    static final int LABELS = 64;
    /** Of all samples together: each is an entry of a map, however often what it says stands in the record. */
    static final int LABELS_OF_ALL = 400_000;

    static final int LABEL_CHARS = 1024;
    static final int BUCKETS = 1024;

    /** More than that is in a record: it is a dead letter. */
    static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1;

        private TooMuch(String what, int most) {
            super("more than " + most + " " + what);
        }
    }

    private int samples;
    private int labels;

    void sample() throws TooMuch {
        if (++samples > SAMPLES) {
            throw new TooMuch("samples", SAMPLES);
        }
    }

    static void bucket(int number) throws TooMuch {
        if (number >= BUCKETS) {
            throw new TooMuch("buckets", BUCKETS);
        }
    }

    static Map<String, String> labels() {
        return new LinkedHashMap<>();
    }

    /** The first of a name counts. Empty ones say nothing. */
    void put(Map<String, String> into, String name, String value) throws TooMuch {
        if (name.isEmpty() || value.isEmpty()) {
            return;
        }
        if (++labels > LABELS_OF_ALL) {
            throw new TooMuch("labels", LABELS_OF_ALL);
        }
        into.putIfAbsent(name, cut(value));
        if (into.size() > LABELS) {
            throw new TooMuch("labels of one sample", LABELS);
        }
    }

    /** What is this long already is given back as it is. */
    static String cut(String value) {
        return value.length() > LABEL_CHARS ? value.substring(0, LABEL_CHARS) : value;
    }
}
