package dev.sluice.gate.judge;

import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.gate.core.Seen;
import dev.sluice.gate.core.View;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Query.WhenAbsent;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code ratio}: events of the numerator per event of the denominator. No denominator is no answer. No numerator is 0
 * only where its metric is known: a mistyped name, or one for which there was no room, is no good news (B10).
 */
@Singleton
public class RatioMeasure implements Measure {
    @Override
    public String word() {
        return "ratio";
    }

    @Override
    public boolean isAskedBy(Query query) {
        return query.asks() instanceof Question.Ratio;
    }

    @Override
    public List<Selector> selectors(Query query) {
        return List.of(asked(query).numerator(), asked(query).denominator());
    }

    @Override
    public Selector requests(Query query) {
        return asked(query).denominator();
    }

    @Override
    public Measured measure(Query query, View view) {
        var denominator = view.total(asked(query).denominator());
        if (denominator == null || !(denominator.events() > 0)) {
            return Missing.series(view, asked(query).denominator());
        }
        var numerator = view.total(asked(query).numerator());
        if (numerator == null) {
            return withoutNumerator(query, view, Measured.wholeSamples(denominator.events()));
        }
        var value = numerator.events() / denominator.events();
        return Missing.unlessFinite(value, Measured.wholeSamples(denominator.events()), false);
    }

    private static Measured withoutNumerator(Query query, View view, long samples) {
        var numerator = asked(query).numerator();
        if (view.hasGap(numerator)) {
            return new Measured.Missing(() -> view.whyMissing(numerator), samples);
        }
        // the denominator's metric was seen
        var isOfTheSame = numerator.metric().equals(asked(query).denominator().metric());
        var seen = isOfTheSame ? Seen.YES : view.everSaw(numerator.metric());
        if (seen != Seen.YES && query.whenAbsent() != WhenAbsent.ZERO) {
            return new Measured.Missing(
                    () -> unseen(numerator, seen) + ": is the name right? If it comes only when"
                            + " something happens, say whenAbsent: zero. " + view.whyMissing(numerator),
                    samples);
        }
        return new Measured.Found(0, samples, false)
                .noting(() ->
                        view.everMatched(numerator) ? null : "no " + name(numerator) + " was seen on either side");
    }

    private static String unseen(Selector numerator, Seen seen) {
        return seen == Seen.NO
                ? "nobody has sent " + numerator.metric() + " so far"
                : "whether anybody ever sent " + numerator.metric()
                        + " is not known, for this target has sent more metrics than are remembered";
    }

    @Override
    public boolean isShare() {
        return true;
    }

    /** Of two counters, such as retries per request, one request may come with many. */
    @Override
    public boolean isOneByOne(Query query) {
        return asked(query)
                .numerator()
                .metric()
                .equals(asked(query).denominator().metric());
    }

    @Override
    public Share share(Query query, View view) {
        var whole = view.total(asked(query).denominator());
        var part = view.total(asked(query).numerator());
        return whole == null || !(whole.events() > 0)
                ? null
                : new Share(part == null ? 0 : Math.min(part.events(), whole.events()), whole.events());
    }

    /** {@code 5xx 2.1 % of 1,240 requests}: named by the numerator's labels, counted in the last word of the denominator's metric. */
    @Override
    public String describe(Query query, Measured.Found found) {
        var metric = asked(query).denominator().metric();
        var noun = metric.substring(metric.lastIndexOf('_') + 1);
        var note = found.note();
        return name(asked(query).numerator()) + " " + withUnit(found.value()) + " of "
                + Numbers.counted(found.samples()) + " " + noun
                + (note == null ? "" : " (" + note + ")");
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

    private static Question.Ratio asked(Query query) {
        return (Question.Ratio) query.asks();
    }
}
