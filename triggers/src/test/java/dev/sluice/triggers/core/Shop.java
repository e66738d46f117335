package dev.sluice.triggers.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.Examples;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.rollout.reader.YamlTree;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.UnacceptableJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A custom resource of {@code shop/checkout}, and what an engine makes of its commands. */
final class Shop {
    static final Instant THEN = Instant.parse("2026-12-01T12:00:00Z");

    private static final String SPEC = """
            version: v1
            application: shop/checkout
            revision: 1.4.2
            targets:
              prod: {cluster: prod, namespace: shop, strategy: careful}
            strategies:
              careful: {canary: {steps: [{setWeight: {weight: 5}}, {pause: {duration: 5m}}]}}
            trafficManagement:
              - smi: [{rootServiceName: checkout}]
            """;

    final ObjectNode spec = read(SPEC);
    final Map<String, String> annotations = new HashMap<>();
    final List<Command> sent = new ArrayList<>();
    private final Map<String, Status> statuses = new HashMap<>();
    private final Map<String, Instant> begun = new HashMap<>();
    private final Map<String, Answer> answers = new HashMap<>();
    private final Map<String, Instant> released = new HashMap<>();
    private Memory memory = Memory.NOTHING;
    private Standing standing;
    private long generation = 1;
    private boolean deleted;
    private Instant now = THEN;

    static ObjectNode read(String yaml) {
        try {
            return (ObjectNode) YamlTree.parse(yaml);
        } catch (UnacceptableJson e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The API server counts every change of a spec. */
    void edit(Consumer<ObjectNode> change) {
        change.accept(spec);
        generation++;
    }

    void delete() {
        deleted = true;
        generation++;
    }

    /** Looks, as at every event; what follows is sent and written down. */
    Turn look() {
        var subject = new Subject("u1", "shop", "checkout", generation, deleted, annotations, Wish.of(spec));
        var turn = Turn.of(subject, memory, seen(), standing == null ? null : standing.phase());
        sent.addAll(turn.commands());
        standing = written(Picture.of(subject, turn, standing, now));
        memory = standing.memory();
        return turn;
    }

    /** As it comes back from the API server. */
    private static Standing written(Standing standing) {
        try {
            return Json.mapper().readValue(Json.mapper().writeValueAsString(standing), Standing.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Seen seen() {
        return new Seen(List.copyOf(statuses.values()), Map.copyOf(answers), Map.copyOf(released));
    }

    Standing standing() {
        return standing;
    }

    boolean is(String condition) {
        return standing.conditions().stream()
                .anyMatch(one -> one.type().equals(condition) && one.status().equals("True"));
    }

    Command last() {
        return sent.getLast();
    }

    Stream<String> types() {
        return sent.stream().map(command -> command.type().word());
    }

    /** The engine says so of the rollout that the newest start began. */
    void runs(Phase phase) {
        var start = sent.stream()
                .filter(command -> command.type().word().equals("start"))
                .toList()
                .getLast();
        says(start.id(), start.revision(), "prod", phase, json -> {});
    }

    void says(String rollout, String revision, String target, Phase phase, Consumer<ObjectNode> more) {
        now = now.plusSeconds(1);
        begun.putIfAbsent(rollout, now);
        var json = example();
        json.put("rollout", rollout)
                .put("revision", revision)
                .put("target", target)
                .put("phase", phase.word())
                .put("reason", phase.word() + " as it were")
                .put("startedAt", begun.get(rollout).toString())
                .put("updatedAt", now.toString());
        more.accept(json);
        try {
            statuses.put(target, Json.mapper().treeToValue(json, Status.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode example() {
        return Examples.valid("status").stream()
                .filter(example -> example.path().endsWith("/analyzing.json"))
                .map(example -> read(example.text()))
                .findFirst()
                .orElseThrow();
    }

    void answers(Answer.Kind kind, String words) {
        answers(kind, words, null);
    }

    /** @param rollout what the application runs */
    void answers(Answer.Kind kind, String words, String rollout) {
        now = now.plusSeconds(1);
        answers.put(last().id(), new Answer(kind, words, rollout, now));
    }

    /** A status that is deleted, or too old to be kept. */
    void forgets(String target) {
        statuses.remove(target);
    }

    void release(String revision) {
        now = now.plusSeconds(1);
        released.put(revision, now);
    }
}
