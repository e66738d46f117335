package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightOrder.End;
import dev.sluice.schemas.message.WeightOrder.Selector;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.Route;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import dev.sluice.schemas.rollout.TargetPlan.FirstDeployment;
import dev.sluice.schemas.wire.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An order names all that a route is to carry, and its topic takes only so much: what would be too large halfway through a rollout is
 * refused before it begins. Each route's largest order is written, with what only the rollout will know at its longest.
 */
final class OrderSize {
    private static final int MOST = Topic.WEIGHTS.maxBytes();
    private static final String LONGEST_ID = "x".repeat(128);
    /** Of all letters these take the most bytes. */
    private static final String LONGEST_REVISION = "\u0001".repeat(256);

    private static final BigDecimal LONGEST_PERCENT = new BigDecimal("99.99");
    /** Nanoseconds and all. */
    private static final Instant LONGEST_TIME = Instant.parse("2026-12-31T23:59:59.999999999Z");

    private static final String NULL = "null";

    private final Map<Match, Integer> sizes = new HashMap<>();
    private final RolloutPlan plan;

    private OrderSize(RolloutPlan plan) {
        this.plan = plan;
    }

    /** @param bytes of its order without a match */
    private record Bare(TargetPlan target, Route route, int bytes) {}

    static void check(JsonNode file, RolloutPlan plan, Problems problems) {
        var size = new OrderSize(plan);
        for (var step : WrittenStep.all(file)) {
            var match = step.is("setMatch") ? Matches.match(step.body()) : null;
            if (match != null) {
                size.largest(match)
                        .map(bare -> words(bare, bare.bytes() + size.bytes(match)))
                        .ifPresent(words -> problems.add(step.at(), words));
            }
        }
    }

    private static String words(Bare bare, int bytes) {
        return "an order for route %s of target %s may come to %d bytes with this match; at most %d go out: match or set fewer or shorter values"
                .formatted(bare.route().identity(), bare.target().name(), bytes, MOST);
    }

    /** Of all that get this match, where it is too large; empty where it fits. */
    private Optional<Bare> largest(Match match) {
        return plan.targets().stream()
                .filter(target -> target.steps().stream()
                        .anyMatch(step -> step instanceof Step.SetMatch set && match.equals(set.match())))
                .map(this::largest)
                .flatMap(Optional::stream)
                .max(Comparator.comparingInt(Bare::bytes))
                .filter(bare -> bare.bytes() + bytes(match) > MOST);
    }

    private Optional<Bare> largest(TargetPlan target) {
        return target.routes().stream()
                .map(route -> new Bare(target, route, json(order(target, route)).length))
                .max(Comparator.comparingInt(Bare::bytes));
    }

    private int bytes(Match match) {
        return sizes.computeIfAbsent(match, some -> json(some).length) - NULL.length();
    }

    /** Whatever can't be together in one order is no more than it says here. */
    private WeightOrder order(TargetPlan target, Route route) {
        return new WeightOrder(
                LONGEST_ID,
                plan.application(),
                target.name(),
                target.cluster(),
                target.namespace(),
                route.identity(),
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                route.active(),
                route.canary(),
                Weight.of(LONGEST_PERCENT),
                LONGEST_ID,
                false,
                End.RELEASE,
                false,
                LONGEST_TIME,
                LONGEST_REVISION,
                route.ownership(),
                target.readiness(),
                target.onEndpointsLost(),
                FirstDeployment.DIRECT,
                Objects.requireNonNullElse(target.settle(), Duration.ofSeconds(10)),
                target.workload(),
                Selector.CANARY,
                null,
                new Mirror(LONGEST_PERCENT),
                route.sessionAffinity(),
                false,
                false,
                Map.of(route.mesh(), route.entry()));
    }

    private static byte[] json(Object value) {
        try {
            return Json.mapper().writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("every order can be written as JSON", e);
        }
    }
}
