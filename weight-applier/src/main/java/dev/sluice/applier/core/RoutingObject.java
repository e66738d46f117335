package dev.sluice.applier.core;

import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.WeightOrder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the rules need to know about a route's object, whatever its kind.
 *
 * @param weights by backend, as the object carries them, a backend's several entries added up; one that isn't listed has
 *     no key
 * @param lastApplied the weights of the last applied configuration that the object remembers; empty where it has none
 * @param fence this route's annotation; null where it is missing or unreadable
 * @param managed whether it carries Sluice's label
 * @param paused whether a person stopped all writes to it
 * @param editors who last set the weights, other than Sluice, latest first; empty where not known
 * @param unfit why the object can't carry the route, with what to do; null where it can
 */
public record RoutingObject(
        String uid,
        String resourceVersion,
        Map<String, BigDecimal> weights,
        Map<String, BigDecimal> lastApplied,
        Fence fence,
        boolean managed,
        boolean paused,
        List<Editor> editors,
        String unfit) {

    /**
     * A field manager that owns the weights.
     *
     * @param applied whether by server-side apply
     */
    public record Editor(String manager, boolean applied) {}

    public RoutingObject {
        weights = Map.copyOf(weights);
        lastApplied = Map.copyOf(lastApplied);
        editors = List.copyOf(editors);
    }

    Shares shares(WeightOrder order) {
        return Shares.of(weights, order.active(), order.canary());
    }

    /** No backend has any weight: nobody is served. */
    boolean servesNobody() {
        return !weights.isEmpty() && weights.values().stream().allMatch(weight -> weight.signum() == 0);
    }

    boolean lists(String backend) {
        return weights.containsKey(backend);
    }

    Optional<Fence> annotation() {
        return Optional.ofNullable(fence);
    }

    boolean isFencedBy(Fence other) {
        return fence != null && fence.compareTo(other) == 0;
    }

    /** Whether this is an earlier version of the same object: watch events may come later than a write's answer. */
    boolean isOlderThan(RoutingObject other) {
        return uid != null
                && uid.equals(other.uid)
                && isNumber(resourceVersion)
                && isNumber(other.resourceVersion)
                && Long.parseLong(resourceVersion) < Long.parseLong(other.resourceVersion);
    }

    String lastEditor() {
        return editors.isEmpty() ? null : editors.getFirst().manager();
    }

    private static boolean isNumber(String text) {
        return text != null
                && !text.isEmpty()
                && text.length() < 19
                && text.chars().allMatch(Character::isDigit);
    }
}
