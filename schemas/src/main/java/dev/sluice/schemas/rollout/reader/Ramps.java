package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Weight;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * The weights of a ramp. A factor's are whole percents from 1 % on, and hundredths below; a weight that comes to the one before it
 * is left out.
 */
final class Ramps {
    /** Each is held by a pause, and a strategy has at most 500 steps. */
    static final int MOST = 250;

    private static final int MOST_ROUNDED = 2_000;
    private static final MathContext DIGITS = new MathContext(12);

    private Ramps() {}

    /** Empty where there are more than {@link #MOST}, or its shape isn't right. */
    static List<Weight> weights(JsonNode ramp) {
        var to = (ramp.path("to").isNumber() ? ramp.path("to").decimalValue() : Weight.FULL.percent())
                .min(Weight.FULL.percent());
        var from = from(ramp);
        var isRising =
                ramp.path("by").isNumber() ? ramp.path("by").decimalValue().signum() > 0 : isAboveOne(ramp);
        if (from == null || from.signum() <= 0 || from.compareTo(to) > 0 || !isRising) {
            return List.of();
        }
        var weights = new ArrayList<Weight>();
        var exact = from;
        weights.add(weight(from));
        for (int i = 0; exact.compareTo(to) < 0 && i < MOST_ROUNDED && weights.size() <= MOST; i++) {
            exact = next(exact, ramp).min(to);
            var isWritten = ramp.has("by") || exact.compareTo(to) == 0;
            var next = isWritten ? weight(exact) : rounded(exact);
            if (next.above(weights.getLast()) && !next.above(weight(to))) {
                weights.add(next);
            }
        }
        return weights.size() > MOST || exact.compareTo(to) < 0 ? List.of() : weights;
    }

    /** How many steps it is written out as, the implied one to 100 % included; 0 where it has no weights. */
    static int steps(JsonNode ramp) {
        var weights = weights(ramp);
        if (weights.isEmpty()) {
            return 0;
        }
        return 2 * weights.size() + (weights.getLast().equals(Weight.FULL) ? -1 : 1);
    }

    static void check(JsonNode strategies, Problems problems) {
        for (var strategy : strategies.properties()) {
            var ramp = strategy.getValue().path("canary").path("ramp");
            if (ramp.isObject() && weights(ramp).isEmpty()) {
                problems.add(
                        Pointer.of("strategies", strategy.getKey(), "canary", "ramp"),
                        "needs a `from` above 0 and up to `to`, and a `by` or `factor` that gets there with at most "
                                + MOST + " weights");
            }
        }
    }

    private static BigDecimal from(JsonNode ramp) {
        var from = ramp.has("from") ? ramp.path("from") : ramp.path("by");
        return from.isNumber() ? from.decimalValue() : ramp.has("factor") && !ramp.has("from") ? BigDecimal.ONE : null;
    }

    private static boolean isAboveOne(JsonNode ramp) {
        return ramp.path("factor").isNumber()
                && ramp.path("factor").decimalValue().compareTo(BigDecimal.ONE) > 0;
    }

    private static BigDecimal next(BigDecimal weight, JsonNode ramp) {
        return ramp.path("by").isNumber()
                ? weight.add(ramp.path("by").decimalValue())
                : weight.multiply(ramp.path("factor").decimalValue(), DIGITS);
    }

    private static Weight rounded(BigDecimal percent) {
        var scale = percent.compareTo(BigDecimal.ONE) < 0 ? 2 : 0;
        return Weight.of(percent.setScale(scale, RoundingMode.HALF_UP));
    }

    /** As the file has it; finer ones are told by the schema. */
    private static Weight weight(BigDecimal percent) {
        return Weight.of(percent.setScale(2, RoundingMode.HALF_UP)
                .min(Weight.FULL.percent())
                .max(BigDecimal.ZERO));
    }
}
