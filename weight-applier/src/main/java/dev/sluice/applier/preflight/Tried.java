package dev.sluice.applier.preflight;

import dev.sluice.applier.core.Placement;
import dev.sluice.applier.core.Routed;
import dev.sluice.applier.core.Shares;
import dev.sluice.applier.mesh.Marks;
import dev.sluice.applier.mesh.RouteObjects;
import dev.sluice.schemas.message.Finding;
import dev.sluice.schemas.message.Finding.Code;
import dev.sluice.schemas.message.WeightOrder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What came of a placement whose writes the API server was asked to try.
 *
 * @param after the objects as they would be, as far as the tries came
 * @param refusal of the first try that failed
 */
public record Tried(Placement placement, RouteObjects after, Optional<Refusal> refusal) {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int INTERNAL_ERROR = 500;

    /** Nobody answered, the object is gone or was changed meanwhile, or the API server has too much to do. */
    private static final Set<Integer> SILENT = Set.of(0, 404, 409, 429);

    /** @param code of HTTP; 0 where nobody answered */
    public record Refusal(int code, String words) {}

    List<Finding> findings(Seen seen) {
        return refusal.map(why -> refused(why, seen)).orElseGet(() -> changed(seen));
    }

    private List<Finding> refused(Refusal why, Seen seen) {
        var write = "a write of weight " + weight() + " to " + after.mainRef() + " ";
        if (isForbidden(why)) {
            // said already, with what to allow, where the account's rights could be read
            return seen.denied().isEmpty()
                    ? List.of(Finding.error(Code.RIGHT_MISSING, write + "is not allowed: " + why.words()))
                    : List.of();
        }
        return isSilent(why)
                ? List.of(untried(write, why))
                : List.of(Finding.error(Code.WRITE_REFUSED, write + "would be refused, as a try says: " + why.words()));
    }

    /** Webhooks that refuse answer with the same code. */
    private static boolean isForbidden(Refusal why) {
        return why.code() == FORBIDDEN && !why.words().contains("admission webhook");
    }

    /** The try says nothing of the write itself. */
    private static boolean isSilent(Refusal why) {
        return SILENT.contains(why.code())
                || why.code() > INTERNAL_ERROR
                || (why.code() == BAD_REQUEST && why.words().contains("dry run"));
    }

    private static Finding untried(String write, Refusal why) {
        return Finding.warning(
                Code.NOT_LOOKED_AT,
                write + "could not be tried: " + (why.code() == 0 ? "nobody answers" : why.words())
                        + ": check again, or see the first step");
    }

    private List<Finding> changed(Seen seen) {
        var order = placement.order();
        var routed = seen.mesh().read(after, order);
        var weights = routed.weights();
        var shares = new Shares(
                weights.getOrDefault(order.active(), BigDecimal.ZERO),
                weights.getOrDefault(order.canary(), BigDecimal.ZERO),
                routed.unit());
        var fence = Marks.read(seen.mesh(), after, order).fence();
        if (fence == null || fence.compareTo(placement.fence()) != 0) {
            return List.of(changed("the fence annotation is not on it afterwards"));
        }
        // what is scaled step by step is only marked at first
        var isWhole = routed.pending() == null;
        if (placement.weight() == null || !isWhole) {
            return List.of();
        }
        if (!shares.isAt(placement.weight())) {
            return List.of(changed("it has " + weights + " afterwards"));
        }
        return isBeside(routed, order)
                ? List.of()
                : List.of(changed("it has not the match, mirror or session affinity that was written"));
    }

    /** Of a raise that is tried ahead of its order nothing can be said: the order has another weight. */
    private boolean isBeside(Routed routed, WeightOrder order) {
        return !placement.weight().equals(order.weight())
                || (Objects.equals(routed.match(), order.match())
                        && Objects.equals(routed.mirror(), order.mirror())
                        && Objects.equals(routed.affinity(), order.affinityAt(order.weight())));
    }

    private Finding changed(String how) {
        return Finding.error(
                Code.WRITE_CHANGED,
                "a write of weight " + weight() + " to " + after.mainRef() + " would be changed on its way: " + how
                        + ": a webhook does that; exempt the object from it");
    }

    private String weight() {
        return placement.weight() == null ? "as it is" : placement.weight() + " %";
    }
}
