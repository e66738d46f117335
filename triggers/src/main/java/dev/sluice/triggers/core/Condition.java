package dev.sluice.triggers.core;

import java.time.Instant;
import java.util.List;

/** As Kubernetes has it; {@code kubectl wait --for=condition=…} and kstatus read it. */
public record Condition(
        String type,
        String status,
        String reason,
        String message,
        long observedGeneration,
        Instant lastTransitionTime) {

    /** @param before what there was; the time of the last change is kept from it */
    static Condition of(
            String type,
            boolean holds,
            String reason,
            String message,
            long generation,
            List<Condition> before,
            Instant now) {
        var status = holds ? "True" : "False";
        var since = before.stream()
                .filter(one -> one.type().equals(type) && one.status().equals(status))
                .map(Condition::lastTransitionTime)
                .findFirst()
                .orElse(now);
        return new Condition(type, status, reason, message, generation, since);
    }
}
