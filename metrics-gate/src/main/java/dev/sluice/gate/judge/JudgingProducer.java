package dev.sluice.gate.judge;

import dev.sluice.gate.core.Check;
import dev.sluice.gate.core.Judge;
import dev.sluice.gate.core.Judging;
import dev.sluice.gate.core.LabelPatterns;
import dev.sluice.gate.core.Measure;
import dev.sluice.gate.core.Scoring;
import io.quarkus.arc.All;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Hands the core all the plug-ins that CDI finds. */
class JudgingProducer {
    @Produces
    @Singleton
    Judging judging(
            @All List<Measure> measures,
            @All List<Judge> judges,
            @All List<Check> checks,
            Scoring scoring,
            LabelPatterns patterns) {
        return new Judging(measures, judges, checks, scoring, patterns);
    }
}
