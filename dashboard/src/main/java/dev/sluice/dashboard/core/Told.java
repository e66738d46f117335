package dev.sluice.dashboard.core;

/**
 * One thing that streams are told.
 *
 * @param position counts everything that this instance has told, from 1
 * @param key application and target of a status, or of one that is gone; else null
 * @param json the message; null where its kind and key say all
 */
public record Told(long position, Kind kind, String application, String key, String json) {
    /** What everything costs beside its text. */
    private static final int OWN_CHARS = 100;

    public enum Kind {
        STATUS("status"),
        GONE("gone"),
        AUDIT("audit"),
        VERDICT("verdict");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As streams name it. */
        public String word() {
            return word;
        }
    }

    int chars() {
        return OWN_CHARS + (json == null ? 0 : json.length());
    }
}
