package dev.sluice.gate.format;

import com.fasterxml.jackson.core.JsonFactory;
import dev.sluice.gate.core.SeriesName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Finds the name of a series by the bytes that say it, as senders write them over and over: words are made, and checked, once.
 * Bounded: what was not asked for lately is forgotten, half of all at a time.
 */
final class SeriesNames {
    /** The places of what makes a name, in the arrays below. */
    static final int APPLICATION = 0;

    static final int TARGET = 1;
    static final int VARIANT = 2;
    static final int REVISION = 3;
    static final int METRIC = 4;
    static final int LABELS = 5;
    static final int INSTANCE = 6;
    static final int PARTS = 7;
    /** For the length of a part that isn't there. */
    static final int ABSENT = -1;

    private static final int MOST_NAMES = 1 << 16;
    /** Of heap, in each of two tables; estimated, for what a name is made of. */
    private static final int MOST_BYTES = 24 << 20;

    private static final int BYTES_PER_NAME = 600;
    private static final int BYTES_PER_LETTER = 4;
    private static final int FIRST_ROOM = 1 << 10;

    /** As many bits as a valid part's length takes, one more value for none; of what is longer nobody knows a name. */
    private static final int[] LENGTH_BITS = {8, 7, 4, 9, 8, 14, 8};

    /** A name, and the bytes that say it: the parts one after the other, and their lengths side by side in one number. */
    private static final class Known {
        private final long hash;
        private final long lengths;
        private final byte[] words;
        private final SeriesName name;

        private Known(long hash, long lengths, byte[] words, SeriesName name) {
            this.hash = hash;
            this.lengths = lengths;
            this.words = words;
            this.name = name;
        }
    }

    /** By hash, which stands beside it: the wrong one is not even looked at. */
    private static final class Table {
        private final long[] hashes;
        private final Known[] known;
        private int names;
        private int bytes;

        private Table(int room) {
            hashes = new long[room];
            known = new Known[room];
        }

        private Known find(long hash, long lengths, byte[] text, int[] starts, int[] textLengths) {
            var mask = hashes.length - 1;
            for (var slot = (int) hash & mask; hashes[slot] != 0; slot = (slot + 1) & mask) {
                if (hashes[slot] == hash
                        && known[slot].lengths == lengths
                        && isSame(known[slot].words, text, starts, textLengths)) {
                    return known[slot];
                }
            }
            return null;
        }

        private boolean isFull() {
            return names == MOST_NAMES || bytes > MOST_BYTES;
        }

        private Table with(Known one) {
            var table = 2 * (names + 1) > hashes.length ? larger() : this;
            table.put(one);
            return table;
        }

        private Table larger() {
            var table = new Table(2 * hashes.length);
            for (var one : known) {
                if (one != null) {
                    table.put(one);
                }
            }
            return table;
        }

        private void put(Known one) {
            var slot = (int) one.hash & (hashes.length - 1);
            while (hashes[slot] != 0) {
                slot = (slot + 1) & (hashes.length - 1);
            }
            hashes[slot] = one.hash;
            known[slot] = one;
            names++;
            bytes += BYTES_PER_NAME + BYTES_PER_LETTER * one.words.length;
        }
    }

    private final JsonFactory json = new JsonFactory();
    private Table recent = new Table(FIRST_ROOM);
    private Table older = new Table(FIRST_ROOM);

    /** @return null where the words make no valid name, or could be valid in a way that is not looked for here */
    SeriesName find(byte[] text, int[] starts, int[] textLengths) {
        long hash = 0;
        long lengths = 0;
        for (int part = 0; part < PARTS; part++) {
            var length = textLengths[part];
            if (length + 1 >= 1 << LENGTH_BITS[part]) {
                return null;
            }
            lengths = (lengths << LENGTH_BITS[part]) | (length + 1);
            hash = length < 0 ? hash : Bytes.hash(hash + part, text, starts[part], length);
        }
        // 0 stands for nothing
        hash = hash == 0 ? 1 : hash;
        var known = recent.find(hash, lengths, text, starts, textLengths);
        if (known == null) {
            known = older.find(hash, lengths, text, starts, textLengths);
            known = known == null ? made(hash, lengths, text, starts, textLengths) : known;
            if (known == null) {
                return null;
            }
            keep(known);
        }
        return known.name;
    }

    private void keep(Known known) {
        if (recent.isFull()) {
            older = recent;
            recent = new Table(FIRST_ROOM);
        }
        recent = recent.with(known);
    }

    private static boolean isSame(byte[] words, byte[] text, int[] starts, int[] lengths) {
        var from = 0;
        for (int part = 0; part < PARTS; part++) {
            var length = lengths[part];
            if (length > 0) {
                var start = starts[part];
                if (!Bytes.isSame(words, from, text, start, length)) {
                    return false;
                }
                from += length;
            }
        }
        return true;
    }

    private Known made(long hash, long lengths, byte[] text, int[] starts, int[] textLengths) {
        var parts = new String[PARTS];
        var words =
                new byte[Arrays.stream(textLengths).filter(length -> length > 0).sum()];
        var from = 0;
        for (int part = 0; part < PARTS; part++) {
            if (textLengths[part] >= 0) {
                parts[part] = new String(text, starts[part], textLengths[part], StandardCharsets.US_ASCII);
                System.arraycopy(text, starts[part], words, from, textLengths[part]);
                from += textLengths[part];
            }
        }
        var labels = labels(parts[LABELS]);
        return labels != null && areValid(parts)
                ? new Known(
                        hash,
                        lengths,
                        words,
                        new SeriesName(
                                parts[APPLICATION],
                                parts[TARGET],
                                parts[VARIANT],
                                parts[REVISION],
                                parts[METRIC],
                                labels,
                                parts[INSTANCE]))
                : null;
    }

    private static boolean areValid(String[] parts) {
        var variant = parts[VARIANT];
        var revision = parts[REVISION];
        return isUpTo(253, parts[APPLICATION])
                && Names.isApplication(parts[APPLICATION])
                && isUpTo(63, parts[TARGET])
                && Names.isTarget(parts[TARGET])
                && isUpTo(128, parts[METRIC])
                && Names.isMetric(parts[METRIC])
                && (variant != null || revision != null)
                && (variant == null || variant.equals("canary") || variant.equals("stable"))
                && (revision == null || (isUpTo(256, revision) && !revision.isEmpty()));
    }

    private static boolean isUpTo(int chars, String text) {
        return text != null && text.length() <= chars;
    }

    /** Null where they are not valid. */
    private Map<String, String> labels(String text) {
        if (text == null) {
            return Map.of();
        }
        try (var parser = json.createParser(text)) {
            parser.nextToken();
            var labels = MetricEventParser.labels(parser);
            return labels == null || parser.nextToken() != null ? null : Map.copyOf(labels);
        } catch (IOException notJson) {
            return null;
        }
    }
}
