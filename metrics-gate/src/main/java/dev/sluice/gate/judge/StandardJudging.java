package dev.sluice.gate.judge;

import dev.sluice.gate.core.Judging;
import java.util.List;

/** The plug-ins of this module for those who run the core without CDI. A test holds it against what CDI finds. */
public final class StandardJudging {
    private StandardJudging() {}

    public static Judging create() {
        return new Judging(
                List.of(
                        new RatioMeasure(),
                        new QuantileMeasure(),
                        new MeanMeasure(),
                        new RateMeasure(),
                        new MaxMeasure(),
                        new MinMeasure(),
                        new SumMeasure(),
                        new CountMeasure(),
                        new OverMeasure(),
                        new ValueMeasure(),
                        new PullMeasure()),
                List.of(
                        new ThresholdJudge(),
                        new RelativeJudge(),
                        new SequentialJudge(),
                        new QuantileBandJudge(),
                        new NonInferiorJudge(),
                        new BurnRateJudge(),
                        new MannWhitneyJudge()),
                List.of(new AlertCheck(), new ConditionCheck(), new NovelCheck()),
                new KayentaScoring(),
                new Re2Patterns());
    }
}
