package dev.sluice.bench.gate;

/** One way to read the topic, on one thread. Its state is made anew for each lap, so that all laps do the same. */
public interface Contestant {
    Lap lap();

    /** Who there is. Each runs in a JVM of its own: what the compiler has learned of one must not cost another. */
    enum Kind {
        /** A consumer, a streaming parser and a map. */
        BARE,
        /** The gate while nothing is rolled out. */
        GATE_WITHOUT_ANALYSES,
        /** The gate with many open analyses. */
        GATE_WITH_ANALYSES,
        /** A windowed aggregate of Kafka Streams. */
        STREAMS;

        Contestant on(Course course) {
            return switch (this) {
                case BARE -> new BareConsumer(course);
                case GATE_WITHOUT_ANALYSES -> new GateAtWork(course, 0);
                case GATE_WITH_ANALYSES -> new GateAtWork(course, course.analyses());
                case STREAMS -> new StreamsAggregate(course);
            };
        }
    }
}
