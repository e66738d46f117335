package dev.sluice.gate.judge;

import dev.sluice.gate.core.Evidence;
import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.Selector;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code ratio}: events of the numerator per event of the denominator. No numerator at all is 0; no denominator is no answer. */
@Singleton
public class RatioMeasure implements Measure {
    @Override
    public String word() {
        return "ratio";
    }

    @Override
    public boolean isAskedBy(Query query) {
        return query.ratio() != null;
    }

    @Override
    public List<Selector> selectors(Query query) {
        return List.of(query.ratio().numerator(), query.ratio().denominator());
    }

    @Override
    public Selector requests(Query query) {
        return query.ratio().denominator();
    }

    @Override
    public Measured measure(Query query, Evidence evidence) {
        var denominator = evidence.total(query.ratio().denominator());
        if (denominator == null || !(denominator.events() > 0)) {
            return Missing.series(evidence, query.ratio().denominator());
        }
        var numerator = evidence.total(query.ratio().numerator());
        var value = (numerator == null ? 0 : numerator.events()) / denominator.events();
        return Missing.unlessFinite(value, Measured.wholeSamples(denominator.events()), false);
    }

    /** {@code 5xx 2.1 % of 1,240 requests}: named by the numerator's labels, counted in the last word of the denominator's metric. */
    @Override
    public String describe(Query query, Measured.Found found) {
        var metric = query.ratio().denominator().metric();
        var noun = metric.substring(metric.lastIndexOf('_') + 1);
        return name(query.ratio().numerator()) + " " + withUnit(found.value()) + " of "
                + Numbers.counted(found.samples()) + " " + noun;
    }

    private static String name(Selector numerator) {
        return numerator.labels().isEmpty()
                ? numerator.metric()
                : numerator.labels().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(label -> label.getValue().matches("[0-9]\\.+")
                                ? label.getValue().replace('.', 'x')
                                : label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(" "));
    }

    @Override
    public String withUnit(double value) {
        return Numbers.rounded(value * 100) + " %";
    }
}
