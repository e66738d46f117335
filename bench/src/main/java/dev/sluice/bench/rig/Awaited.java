package dev.sluice.bench.rig;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.message.Phase;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What is waited for, for the {@link Lookout}.
 *
 * @param application whose sightings may be it
 * @param what in words, for a run that never saw it
 */
public record Awaited(String application, String what, Predicate<Sighting> test) {
    private static final Set<String> FINAL = Arrays.stream(Phase.values())
            .filter(Phase::isFinal)
            .map(Phase::word)
            .collect(Collectors.toUnmodifiableSet());

    /** The rollout carries its weight and waits for its next approval. */
    public static Awaited approvalOf(Canary canary) {
        return message(
                "approval awaited",
                Topic.STATUS,
                canary,
                status -> isOf(canary, status)
                        && status.path("phase").asText().equals(Phase.AWAITING_APPROVAL.word())
                        && status.path("step").asInt() == canary.waitingStep()
                        && status.at("/weight/applied").asInt() == canary.percent());
    }

    /** The rollout is over. */
    public static Awaited endOf(Canary canary) {
        return message(
                "end",
                Topic.STATUS,
                canary,
                status -> isOf(canary, status)
                        && FINAL.contains(status.path("phase").asText()));
    }

    /** The record of this topic that takes the canary towards this weight. */
    public static Awaited record(Topic topic, Canary canary, int percent) {
        return message(
                "record of " + topic.word(),
                topic,
                canary,
                switch (topic) {
                    case VERDICTS ->
                        verdict -> isOf(canary, verdict)
                                && verdict.path("outcome").asText().equals("Fail");
                    case WEIGHTS ->
                        order -> isOf(canary, order) && order.path("weight").asInt() == percent;
                    default -> anything -> true;
                });
    }

    /** What became of a command is on audit. */
    public static Awaited decisionOn(Canary canary, String command) {
        return message(
                "decision on " + command,
                Topic.AUDIT,
                canary,
                audit -> audit.at("/event/id").asText().equals(command));
    }

    /** The split shows this weight for the canary's Service. */
    public static Awaited split(String application, int percent) {
        return new Awaited(
                application,
                "%s: %d %% in the TrafficSplit".formatted(application, percent),
                sighting -> sighting instanceof Sighting.Split split && split.canaryPercent() == percent);
    }

    private static Awaited message(String what, Topic topic, Canary canary, Predicate<JsonNode> test) {
        return new Awaited(
                canary.application(),
                canary.application() + ": " + what,
                sighting -> sighting instanceof Sighting.Message message
                        && message.topic() == topic
                        && test.test(message.value()));
    }

    private static boolean isOf(Canary canary, JsonNode message) {
        return message.path("rollout").asText().equals(canary.rollout());
    }
}
