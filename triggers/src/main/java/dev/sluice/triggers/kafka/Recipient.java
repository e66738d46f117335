package dev.sluice.triggers.kafka;

import java.util.Map;
import java.util.Optional;

/** Whom what was published is for: the rules are not Kafka's to know. */
public interface Recipient {
    /**
     * Why it can't be taken now, so that it has to be brought again; empty where it is done with.
     *
     * @param headers by names in lower case, as HTTP has them
     */
    Optional<String> later(Map<String, String> headers, byte[] body);
}
