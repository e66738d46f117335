package dev.sluice.cli.engine;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Weight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A step as the engine shows it; what its kind doesn't have is null.
 *
 * @param step from 1; 0 for what is waited for beside the steps
 * @param duration how long it takes, or may take
 * @param roles of which an approver needs one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StepShown(
        int step,
        String kind,
        Weight weight,
        JsonNode match,
        JsonNode mirror,
        Duration duration,
        Integer approvals,
        List<String> roles,
        List<String> queries,
        String webhook,
        List<StepShown> conditions) {

    /** In a few words: {@code setWeight 25 %}. */
    public String words() {
        if (conditions != null) {
            return conditions.stream().map(StepShown::words).collect(Collectors.joining(" and "));
        }
        var words = new ArrayList<String>();
        words.add(kind);
        if (weight != null) {
            words.add(weight + " %");
        }
        if (approvals != null) {
            words.add("until approved");
        }
        if (duration != null) {
            words.add((approvals == null ? "" : "within ") + Durations.words(duration));
        }
        if (approvals != null && approvals > 1) {
            words.add("by " + approvals + " people");
        }
        if (roles != null && !roles.isEmpty()) {
            words.add("by " + String.join(" or ", roles));
        }
        if (queries != null) {
            words.add("of " + String.join(", ", queries));
        }
        if (webhook != null) {
            words.add(webhook);
        }
        return String.join(" ", words);
    }
}
