package dev.sluice.gate.judge;

import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Measured;
import dev.sluice.gate.core.View;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * {@code over}: the share of samples above a bound, of histograms and single values. Where the bound lies inside a bucket, its
 * samples are taken to be spread evenly; where it lies beyond the last bound of a histogram, only a lower limit is known.
 */
@Singleton
public class OverMeasure implements Measure {
    @Override
    public String word() {
        return "over";
    }

    @Override
    public boolean isAskedBy(Query query) {
        return query.asks() instanceof Question.Over;
    }

    @Override
    public List<Selector> selectors(Query query) {
        return List.of(asked(query).of());
    }

    @Override
    public Selector requests(Query query) {
        return asked(query).of();
    }

    @Override
    public Measured measure(Query query, View view) {
        var asked = asked(query);
        var share = share(query, view);
        if (share == null) {
            var total = view.total(asked.of());
            return total == null ? Missing.series(view, asked.of()) : onlyCounts(asked.of());
        }
        var isUncertain = view.total(asked.of()).distribution().perhapsAbove(asked.bound()) > 0;
        return Missing.unlessFinite(share.part() / share.whole(), Measured.wholeSamples(share.whole()), isUncertain);
    }

    private static Measured onlyCounts(Selector selector) {
        return new Measured.Missing(
                () -> selector.metric() + " has counts only; over needs events with `histogram` or `value`", 0);
    }

    @Override
    public boolean isShare() {
        return true;
    }

    @Override
    public boolean isOneByOne(Query query) {
        return true;
    }

    @Override
    public Share share(Query query, View view) {
        var total = view.total(asked(query).of());
        if (total == null) {
            return null;
        }
        var distribution = total.distribution();
        var whole = distribution.total();
        return whole > 0 ? new Share(distribution.above(asked(query).bound()), whole) : null;
    }

    @Override
    public String describe(Query query, Measured.Found found) {
        return (found.atLeast() ? "at least " : "") + withUnit(found.value()) + " of "
                + Numbers.counted(found.samples()) + " "
                + asked(query).of().metric() + " above "
                + Numbers.plain(asked(query).bound());
    }

    @Override
    public String withUnit(double value) {
        return Numbers.rounded(value * 100) + " %";
    }

    private static Question.Over asked(Query query) {
        return (Question.Over) query.asks();
    }
}
