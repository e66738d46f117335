package dev.sluice.schemas;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;

/**
 * The topics that the services share: name, record key, partitions, settings and size limit in one place.
 * Names carry a configurable prefix, {@value #DEFAULT_PREFIX} unless set.
 */
public enum Topic {
    COMMANDS("commands", Key.APPLICATION, 1 << 20, Cleanup.DELETE_APPEND_TIME),
    METRICS("metrics", Key.APPLICATION_TARGET, 1 << 20, Cleanup.DELETE_SOON_APPEND_TIME),
    METRICS_PLACED("metrics-placed", Key.APPLICATION_TARGET, 1 << 20, Cleanup.DELETE_SOON_APPEND_TIME),
    ANALYSES("analyses", Key.APPLICATION_TARGET, 1 << 20, Cleanup.COMPACT),
    VERDICTS("verdicts", Key.APPLICATION, 1 << 18, Cleanup.DELETE),
    WEIGHTS("weights", Key.ROUTE, 1 << 18, Cleanup.COMPACT),
    WEIGHT_REPORTS("weight-reports", Key.APPLICATION, 1 << 18, Cleanup.DELETE),
    STATUS("status", Key.APPLICATION_TARGET, 1 << 18, Cleanup.COMPACT),
    AUDIT("audit", Key.APPLICATION, 1 << 18, Cleanup.DELETE_LATE);

    /** Behind a topic's name: where what nobody can read of it goes. */
    public static final String DEAD_LETTERS = ".dlq";

    public static final String DEFAULT_PREFIX = "rollout.";
    /** The setting that says whose clock a record's time is from, and its value for the broker's own. */
    public static final String TIMESTAMPS = "message.timestamp.type";

    public static final String APPEND_TIME = "LogAppendTime";
    /**
     * What of a compacted topic is read again at each start: its newest segment is never compacted, so it is closed soon, and
     * then nothing waits for half of the log to be out of date.
     */
    public static final String SEGMENT_MILLIS = "segment.ms";

    public static final String COMPACTION_LAG_MILLIS = "max.compaction.lag.ms";
    public static final String DIRTY_RATIO = "min.cleanable.dirty.ratio";
    /** How much larger than its source a dead-letter topic's records may be, for the added headers. */
    public static final int DEAD_LETTER_HEADROOM_BYTES = 64 << 10;

    /** What a record's key is made of. Identity is always read from the value; keys only spread and compact. */
    public enum Key {
        APPLICATION,
        APPLICATION_TARGET,
        ROUTE
    }

    private enum Cleanup {
        DELETE(Map.of("cleanup.policy", "delete", "retention.ms", days(7))),
        DELETE_APPEND_TIME(Map.of("cleanup.policy", "delete", "retention.ms", days(7), TIMESTAMPS, APPEND_TIME)),
        DELETE_SOON_APPEND_TIME(Map.of("cleanup.policy", "delete", "retention.ms", days(1), TIMESTAMPS, APPEND_TIME)),
        DELETE_LATE(Map.of("cleanup.policy", "delete", "retention.ms", days(365))),
        COMPACT(Map.of(
                "cleanup.policy",
                "compact",
                SEGMENT_MILLIS,
                minutes(10),
                COMPACTION_LAG_MILLIS,
                minutes(10),
                DIRTY_RATIO,
                "0.1"));

        private final Map<String, String> settings;

        Cleanup(Map<String, String> settings) {
            this.settings = settings;
        }

        private static String minutes(long minutes) {
            return Long.toString(minutes * 60 * 1000);
        }

        private static String days(long days) {
            return Long.toString(days * 24 * 60 * 60 * 1000);
        }
    }

    private final String word;
    private final Key key;
    private final int maxBytes;
    private final Cleanup cleanup;

    Topic(String word, Key key, int maxBytes, Cleanup cleanup) {
        this.word = word;
        this.key = key;
        this.maxBytes = maxBytes;
        this.cleanup = cleanup;
    }

    /** The name without the prefix. */
    @JsonValue
    public String word() {
        return word;
    }

    public String name(String prefix) {
        return prefix + word;
    }

    /** Whether a service reads it, and so may find what can't be read. The others are for people and their tools. */
    public boolean hasDeadLetters() {
        return this != STATUS && this != AUDIT;
    }

    public String deadLetters(String prefix) {
        return name(prefix) + DEAD_LETTERS;
    }

    public Key key() {
        return key;
    }

    /** The largest value a record of this topic may have, in bytes. */
    public int maxBytes() {
        return maxBytes;
    }

    /** Whether what follows from a record depends on when the broker took it, and not on what its sender says. */
    public boolean isByAppendTime() {
        return APPEND_TIME.equals(cleanup.settings.get(TIMESTAMPS));
    }

    /** Whether only the last record of each key counts. */
    public boolean isCompacted() {
        return cleanup == Cleanup.COMPACT;
    }

    /** Topic-level settings as Kafka names them. */
    public Map<String, String> settings() {
        var settings = new java.util.TreeMap<>(cleanup.settings);
        settings.put("max.message.bytes", Integer.toString(maxBytes + DEAD_LETTER_HEADROOM_BYTES / 2));
        return settings;
    }

    /** Settings of this topic's dead-letter topic. */
    public Map<String, String> deadLetterSettings() {
        return Map.of(
                "cleanup.policy", "delete",
                "retention.ms", Long.toString(30L * 24 * 60 * 60 * 1000),
                "max.message.bytes", Integer.toString(maxBytes + DEAD_LETTER_HEADROOM_BYTES * 2));
    }
}
