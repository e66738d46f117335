package dev.sluice.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One decision of the engine, on {@code rollout.audit}: a sender finds what became of its command by {@code event.id}.
 *
 * @param decision the decision's name, such as {@code Rejected} or {@code StepEntered}
 * @param before what the decision changed, as it was (small; may be cut where the message would be too large)
 * @param after the same, as it is now
 */
public record Audit(
        String id,
        String decision,
        String application,
        String target,
        String rollout,
        EventRef event,
        String actor,
        String reason,
        List<Problem> errors,
        Map<String, Object> before,
        Map<String, Object> after,
        Instant time) {

    /**
     * What led to the decision: a command's type and id, {@code verdict}, {@code report} or {@code time}.
     *
     * @param via how a command came: {@code http}, or the topic; null for everything else
     */
    public record EventRef(
            String type,
            String id,
            String reason,
            @JsonInclude(JsonInclude.Include.NON_NULL) String via) {
        public EventRef(String type, String id, String reason) {
            this(type, id, reason, null);
        }
    }

    public Audit {
        errors = errors == null ? List.of() : List.copyOf(errors);
    }
}
