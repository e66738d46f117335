package dev.sluice.gate.format.foreign;

/**
 * One topic of others, and how it is read.
 *
 * @param mapping null where its events need none
 */
public record ForeignTopic(String name, MetricFormat format, Mapping mapping) {
    /** Where what nobody can read goes. */
    public String deadLetters() {
        return name + ".dlq";
    }
}
