package dev.sluice.applier.core;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.WeightOrder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the rules need to know about a route's object, whatever its kind.
 *
 * @param resourceVersion of a route that is made of several objects theirs, each in its place, joined by {@code +}; one
 *     that isn't there is {@code -}
 * @param routed what it does with the traffic
 * @param lastApplied the weights of the last applied configuration that the object remembers; empty where it has none
 * @param fence this route's annotation; null where it is missing or unreadable
 * @param managed whether it carries Sluice's label
 * @param paused whether a person stopped all writes to it
 * @param editors who last set the weights, other than Sluice, latest first; empty where not known
 * @param advice how to keep the tool that applies the object from Git from undoing what Sluice writes; null where no such
 *     tool has left its label
 */
public record RoutingObject(
        String uid,
        String resourceVersion,
        Routed routed,
        Map<String, BigDecimal> lastApplied,
        Fence fence,
        boolean managed,
        boolean paused,
        List<Editor> editors,
        String advice) {

    /**
     * A field manager that owns the weights.
     *
     * @param applied whether by server-side apply
     */
    public record Editor(String manager, boolean applied) {}

    public RoutingObject {
        lastApplied = Map.copyOf(lastApplied);
        editors = List.copyOf(editors);
    }

    public Map<String, BigDecimal> weights() {
        return routed.weights();
    }

    public String unfit() {
        return routed.unfit();
    }

    /** Whether requests are to reach the canary by something else than its weight. */
    static boolean isAnythingBeside(WeightOrder order) {
        return order.match() != null || order.mirror() != null;
    }

    /** Whether what the canary gets beside its weight, and what the active backend's Service selects, is what the order says. */
    boolean sendsBeside(WeightOrder order) {
        return Objects.equals(routed.match(), order.match())
                && Objects.equals(routed.mirror(), order.mirror())
                && (order.selector() == null || order.selector() == routed.selector());
    }

    /** Whether it does beside its weights what the order says where these are at that one, and no more. */
    boolean isBeside(WeightOrder order, Weight weight) {
        return sendsBeside(order) && Objects.equals(routed.affinity(), order.affinityAt(weight));
    }

    Shares shares(WeightOrder order) {
        return Shares.of(routed, order.active(), order.canary());
    }

    /** Of each of its rules. */
    List<Shares> sharesOfEach(WeightOrder order) {
        return routed.each().stream()
                .map(part -> Shares.of(part, order.active(), order.canary()))
                .toList();
    }

    /** No backend has any weight: nobody is served. */
    boolean servesNobody() {
        return !weights().isEmpty() && weights().values().stream().allMatch(weight -> weight.signum() == 0);
    }

    boolean lists(String backend) {
        return weights().containsKey(backend);
    }

    Optional<Fence> annotation() {
        return Optional.ofNullable(fence);
    }

    boolean isFencedBy(Fence other) {
        return fence != null && fence.compareTo(other) == 0;
    }

    /** Whether this is an earlier version of the same object: watch events may come later than a write's answer. */
    boolean isOlderThan(RoutingObject other) {
        if (uid == null || !uid.equals(other.uid) || resourceVersion == null || other.resourceVersion == null) {
            return false;
        }
        var mine = resourceVersion.split("\\+", -1);
        var others = other.resourceVersion.split("\\+", -1);
        return mine.length == others.length
                && !resourceVersion.equals(other.resourceVersion)
                && IntStream.range(0, mine.length).allMatch(i -> isAtMost(mine[i], others[i]));
    }

    /** Of what is no number nobody can say which came first. */
    private static boolean isAtMost(String one, String other) {
        return one.equals(other) || (isNumber(one) && isNumber(other) && Long.parseLong(one) < Long.parseLong(other));
    }

    String lastEditor() {
        return editors.isEmpty() ? null : editors.getFirst().manager();
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 19 && text.chars().allMatch(Character::isDigit);
    }
}
