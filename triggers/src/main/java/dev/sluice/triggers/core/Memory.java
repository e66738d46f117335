package dev.sluice.triggers.core;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What has to be remembered of a custom resource, in its status: so that whoever looks next goes on from here.
 *
 * @param started what the engine took up last; null: nothing yet
 * @param asked what it was asked for last and has not answered, or has refused; null: nothing
 * @param order what was ordered last by annotation; null: nothing
 * @param goingBack the command that brings the rollout back since the resource was deleted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Memory(Started started, Asked asked, Ordered order, String goingBack) {
    public static final Memory NOTHING = new Memory(null, null, null, null);

    /**
     * @param rollout its id; a retry's once there is one
     * @param release what was started, as {@link Wish#release()}
     * @param how by which file, as {@link Wish#how()}
     * @param targets how many
     * @param since when the first of its statuses was decided: what an application's statuses said before is of earlier rollouts
     * @param earlier the rollouts that it is a retry of, in order: their targets that were promoted are not tried again
     * @param bond what the rollout is to the resource; null: its own
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Started(
            String rollout,
            String revision,
            String release,
            String how,
            int targets,
            Instant since,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> earlier,
            Bond bond) {
        public Started {
            earlier = earlier == null ? List.of() : List.copyOf(earlier);
        }

        Started goesOnAs(String retry, Instant begun) {
            var chain = Stream.concat(earlier.stream(), Stream.of(rollout)).toList();
            return new Started(retry, revision, release, how, targets, begun, chain, bond);
        }

        Started by(String nextHow) {
            return new Started(rollout, revision, release, nextHow, targets, since, earlier, bond);
        }

        /** @param other null: none */
        boolean includes(String other) {
            return other != null && (rollout.equals(other) || earlier.contains(other));
        }

        /** What was asked for was stable: it is there once this rollout, of another revision, is back. */
        boolean isBack() {
            return bond == Bond.BACK;
        }

        boolean isFollowed() {
            return bond == Bond.FOLLOWED;
        }
    }

    /** What a rollout is to the resource that isn't its own. */
    public enum Bond {
        /** Somebody else started the same: it is followed to its end, and never aborted for the resource. */
        FOLLOWED,
        /** It goes back to what the resource asks for. */
        BACK
    }

    /**
     * @param kind {@code start} or {@code update}
     * @param attempt how often it was asked for the same generation
     * @param refused why not; null: no answer yet
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Asked(
            String command,
            String kind,
            String revision,
            String release,
            String how,
            int targets,
            long generation,
            int attempt,
            String refused,
            Instant refusedAt) {
        static final String START = "start";
        static final String UPDATE = "update";

        static Asked of(String command, String kind, Subject subject, int attempt) {
            var wish = subject.wish();
            return new Asked(
                    command,
                    kind,
                    wish.revision(),
                    wish.release(),
                    wish.how(),
                    wish.targets(),
                    subject.generation(),
                    attempt,
                    null,
                    null);
        }

        boolean isStart() {
            return kind.equals(START);
        }

        boolean isRefused() {
            return refused != null;
        }

        Asked refused(String words, Instant at) {
            return new Asked(command, kind, revision, release, how, targets, generation, attempt, words, at);
        }

        /** @param bond null: it is its own */
        Started started(String rollout, Instant since, Bond bond) {
            return new Started(rollout, revision, release, how, targets, since, List.of(), bond);
        }
    }

    /**
     * @param nonce which one
     * @param words what became of it; null: no answer yet
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Ordered(String nonce, String word, String command, String words) {}

    Memory with(Started next) {
        return new Memory(next, asked, order, goingBack);
    }

    Memory with(Asked next) {
        return new Memory(started, next, order, goingBack);
    }

    Memory with(Ordered next) {
        return new Memory(started, asked, next, goingBack);
    }

    Memory goesBackBy(String command) {
        return new Memory(started, asked, order, command);
    }
}
