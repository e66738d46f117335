package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.rollout.AnalysisSpec;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Evaluation;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.RolloutPlan;
import dev.sluice.schemas.rollout.Rule;
import dev.sluice.schemas.rollout.Step;
import dev.sluice.schemas.rollout.TargetPlan;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What a file may say, and its author may not want: nothing is refused for it. */
final class Warnings {
    /** With as many failures allowed at the first look, one good release in thirty is taken back. */
    private static final double ENOUGH_FAILURES = 10;

    private static final double LARGEST_SHARE = 0.5;
    private static final MathContext DIGITS = new MathContext(6);

    private final Problems warnings;

    private Warnings(Problems warnings) {
        this.warnings = warnings;
    }

    /** Tells what it finds to {@code warnings}. */
    static void find(JsonNode file, RolloutPlan plan, Problems warnings) {
        var found = new Warnings(warnings);
        var used = used(plan);
        var queries = file.path("analysis").path("queries");
        for (int i = 0; i < queries.size(); i++) {
            var query = used.get(queries.path(i).path("name").asText());
            if (query != null) {
                found.noisy(query, Pointer.of("analysis", "queries").to(i));
            }
        }
    }

    private static Map<String, Query> used(RolloutPlan plan) {
        var used = new HashMap<String, Query>();
        plan.targets().stream()
                .flatMap(Warnings::analyses)
                .flatMap(spec -> spec.queries().stream())
                .forEach(query -> used.put(query.name(), query));
        return used;
    }

    private static Stream<AnalysisSpec> analyses(TargetPlan plan) {
        return Stream.concat(
                Stream.ofNullable(plan.background()),
                Stream.of(plan.before(), plan.steps(), plan.after())
                        .flatMap(List::stream)
                        .flatMap(step ->
                                step instanceof Step.Together(var conditions) ? conditions.stream() : Stream.of(step))
                        .filter(Step.Analysis.class::isInstance)
                        .map(step -> ((Step.Analysis) step).spec()));
    }

    /** A limit on few samples is passed by chance, and whoever looks with every event doesn't miss it. */
    private void noisy(Query query, Pointer at) {
        var share = shareAllowed(query);
        var decides = !query.dryRun() && (query.failureLimit() == null || query.failureLimit() == 0);
        if (share == null || !decides || query.evaluation() != Evaluation.CONTINUOUS) {
            return;
        }
        var allowed = query.minimumSamples() * share;
        if (allowed < ENOUGH_FAILURES) {
            warnings.add(
                    at,
                    "is looked at with every event from %d samples on, and allows %s %% of them: of releases with half as many, %d in 100 are taken back by chance; take `compare: {judge: sequential}`, or say `minimumSamples: %s`"
                            .formatted(
                                    query.minimumSamples(),
                                    number(share * 100),
                                    Math.round(FalseAlarms.of(allowed) * 100),
                                    number(Math.ceil(ENOUGH_FAILURES / share))));
        }
    }

    /** Which share of the samples may be bad; null where it isn't about shares, or allows none or most of them. */
    private static Double shareAllowed(Query query) {
        if (!(query.rule() instanceof Rule.Limits(var upper, var lower))) {
            return null;
        }
        var shares = switch (query.asks()) {
            case Question.Ratio ratio -> Stream.of(upper, lower == null ? null : Double.valueOf(1 - lower));
            case Question.Over over -> Stream.of(upper, lower == null ? null : Double.valueOf(1 - lower));
            case Question.Quantile quantile -> Stream.of(upper == null ? null : Double.valueOf(1 - quantile.q()));
            case null, default -> Stream.<Double>of();
        };
        return shares.filter(Objects::nonNull)
                .map(share -> BigDecimal.valueOf(share).round(DIGITS).doubleValue())
                .filter(share -> share > 0 && share <= LARGEST_SHARE)
                .min(Double::compare)
                .orElse(null);
    }

    static String number(double number) {
        return BigDecimal.valueOf(number).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
