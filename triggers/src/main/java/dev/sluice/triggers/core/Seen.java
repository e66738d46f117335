package dev.sluice.triggers.core;

import dev.sluice.schemas.message.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the topics say of one application.
 *
 * @param statuses the newest of each target
 * @param answers to commands, by their ids
 * @param released when revisions were released last (B47)
 */
public record Seen(List<Status> statuses, Map<String, Answer> answers, Map<String, Instant> released) {
    /** Whether somebody has said since then that automation may start it again. */
    boolean isReleased(String revision, Instant since) {
        return revision != null
                && released.containsKey(revision)
                && released.get(revision).isAfter(since);
    }

    public Optional<Answer> answer(String command) {
        return Optional.ofNullable(answers.get(command));
    }

    List<Status> of(String rollout) {
        return statuses.stream()
                .filter(status -> status.rollout().equals(rollout))
                .toList();
    }

    boolean knows(String rollout) {
        return statuses.stream().anyMatch(status -> status.rollout().equals(rollout));
    }

    boolean isObserving(String rollout) {
        return of(rollout).stream().anyMatch(status -> status.observation() != null);
    }

    boolean isQueued(String rollout) {
        return statuses.stream().anyMatch(status -> rollout.equals(status.queued()));
    }

    /** The first that is not at its end. One that is only observed keeps no start waiting. */
    Optional<Status> running() {
        return statuses.stream()
                .filter(status -> !status.phase().isFinal() && status.observation() == null)
                .findFirst();
    }

    /** When its first target began; empty where none has. */
    Optional<Instant> begun(String rollout) {
        return of(rollout).stream()
                .map(Status::startedAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo);
    }

    Instant since(String rollout) {
        return of(rollout).stream()
                .map(Status::updatedAt)
                .min(Instant::compareTo)
                .orElseThrow();
    }
}
