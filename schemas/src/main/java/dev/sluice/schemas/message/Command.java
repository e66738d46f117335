package dev.sluice.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a person, a pipeline or a bot asks for, on {@code rollout.commands}.
 * Only {@code id}, {@code type} and {@code application} are required; absent parts are null, absent lists and maps empty.
 *
 * @param id unique per application, 1 to 128 of {@code [A-Za-z0-9._:-]}; a {@code start}'s id becomes the rollout's id
 * @param target the one target meant; null means every target
 * @param rollout the rollout file as JSON, for {@code start} and {@code update}; kept as it came, validated by the reader
 * @param step where {@code goto} goes, from 1
 * @param automated sent by automation, such as a trigger that watches a registry, and not by a person's word (B47)
 * @param until when a freeze lifts itself; null: when somebody lifts it
 * @param freeze the id of the freeze; null: the command's own, or to lift those with just these labels
 * @param assessment for {@code assess}: what a person thinks, looking back, of how a rollout ended
 * @param force past the rule that an active backend without endpoints gets no traffic (B32)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Command(
        String id,
        CommandType type,
        String application,
        String target,
        String actor,
        List<String> roles,
        String reason,
        String revision,
        Map<String, Object> context,
        List<String> targets,
        JsonNode rollout,
        Expect expect,
        Map<String, String> labels,
        Integer step,
        boolean automated,
        Instant until,
        String freeze,
        Assessment assessment,
        boolean force,
        boolean overrideFreeze) {

    /** Refuse the command unless this rollout is at this step. */
    public record Expect(String rollout, Integer step) {}

    public Command {
        rollout = rollout == null || rollout.isNull() ? null : rollout;
        actor = actor == null ? "unknown" : actor;
        roles = roles == null ? List.of() : List.copyOf(roles);
        context = context == null ? Map.of() : Map.copyOf(context);
        targets = targets == null ? List.of() : List.copyOf(targets);
        labels = labels == null ? Map.of() : Map.copyOf(labels);
    }

    /** The same of somebody else. */
    public Command by(String who, List<String> theirRoles) {
        return new Command(
                id,
                type,
                application,
                target,
                who,
                theirRoles,
                reason,
                revision,
                context,
                targets,
                rollout,
                expect,
                labels,
                step,
                automated,
                until,
                freeze,
                assessment,
                force,
                overrideFreeze);
    }

    /** About no rollout that is over. */
    public Command(
            String id,
            CommandType type,
            String application,
            String target,
            String actor,
            List<String> roles,
            String reason,
            String revision,
            Map<String, Object> context,
            List<String> targets,
            JsonNode rollout,
            Expect expect,
            Map<String, String> labels,
            Integer step,
            boolean automated,
            Instant until,
            String freeze,
            boolean force,
            boolean overrideFreeze) {
        this(
                id,
                type,
                application,
                target,
                actor,
                roles,
                reason,
                revision,
                context,
                targets,
                rollout,
                expect,
                labels,
                step,
                automated,
                until,
                freeze,
                null,
                force,
                overrideFreeze);
    }

    /** Of a person, and to no step. */
    public Command(
            String id,
            CommandType type,
            String application,
            String target,
            String actor,
            List<String> roles,
            String reason,
            String revision,
            Map<String, Object> context,
            List<String> targets,
            JsonNode rollout,
            Expect expect,
            Map<String, String> labels,
            boolean force,
            boolean overrideFreeze) {
        this(
                id,
                type,
                application,
                target,
                actor,
                roles,
                reason,
                revision,
                context,
                targets,
                rollout,
                expect,
                labels,
                null,
                false,
                null,
                null,
                force,
                overrideFreeze);
    }
}
