package dev.sluice.gate.source;

/** What a provider answered. Words are for people and name the provider. */
public sealed interface Answer {
    /** {@code samples} of a source that doesn't say how many there were. */
    long UNKNOWN = -1;

    /**
     * @param value as it came: NaN and infinity too
     * @param samples how many it rests on, or {@link #UNKNOWN}
     */
    record Found(double value, long samples) implements Answer {}

    /** No data: never a pass. */
    record Nothing(String words) implements Answer {}

    /** More than one series where one number was asked for: the query is to be narrowed or summed up. */
    record Several(String words) implements Answer {}

    /** @param retryable whether the same question may be answered later */
    record Failed(String words, boolean retryable) implements Answer {}
}
