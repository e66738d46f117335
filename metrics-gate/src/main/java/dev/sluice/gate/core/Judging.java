package dev.sluice.gate.core;

import dev.sluice.schemas.rollout.Query;
import java.util.List;
import java.util.stream.Collectors;

/** The measures and judges that this gate knows. */
public final class Judging {
    private final List<Measure> measures;
    private final List<Judge> judges;
    private final LabelPatterns patterns;

    public Judging(List<Measure> measures, List<Judge> judges, LabelPatterns patterns) {
        this.measures = List.copyOf(measures);
        this.judges = List.copyOf(judges);
        this.patterns = patterns;
    }

    /** An unknown question is an error that names the known ones; it is never guessed. */
    CompiledQuery compile(Query query) {
        var measure = measures.stream().filter(m -> m.isAskedBy(query)).findFirst();
        if (measure.isEmpty()) {
            var known = measures.stream().map(Measure::word).sorted().collect(Collectors.joining(", "));
            return new CompiledQuery(query, query.name() + " asks nothing that this gate knows; it knows " + known);
        }
        return judges.stream()
                .filter(judge -> judge.takes(query))
                .findFirst()
                .map(judge -> new CompiledQuery(query, measure.get(), judge, patterns))
                .orElseGet(() -> new CompiledQuery(query, query.name() + " has no limit to be held against"));
    }
}
