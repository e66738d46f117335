package dev.sluice.bench.rig;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Topic;

/** Something that one of the bench's watchers saw, at a {@link System#nanoTime} of this JVM. */
public sealed interface Sighting {
    /** What it is about, such as {@code bench/app-007}. */
    String application();

    long nanos();

    /** A committed record of a topic. */
    record Message(Topic topic, String application, JsonNode value, long nanos) implements Sighting {}

    /** A version of a TrafficSplit, from a watch of the Kubernetes API. */
    record Split(String application, double canaryPercent, long nanos) implements Sighting {}
}
