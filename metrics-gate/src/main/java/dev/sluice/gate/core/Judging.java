package dev.sluice.gate.core;

import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Question;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The measures, judges and checks that this gate knows. */
public final class Judging {
    private final List<Measure> measures;
    private final List<Judge> judges;
    private final List<Check> checks;
    private final Scoring scoring;
    private final LabelPatterns patterns;

    public Judging(
            List<Measure> measures, List<Judge> judges, List<Check> checks, Scoring scoring, LabelPatterns patterns) {
        this.measures = List.copyOf(measures);
        this.judges = List.copyOf(judges);
        this.checks = List.copyOf(checks);
        this.scoring = scoring;
        this.patterns = patterns;
    }

    Scoring scoring() {
        return scoring;
    }

    /** An unknown question is an error that names the known ones; it is never guessed. */
    CompiledQuery compile(Query query) {
        var check = checks.stream().filter(known -> known.isAskedBy(query)).findFirst();
        if (check.isPresent()) {
            return checked(query, check.get());
        }
        return measures.stream()
                .filter(known -> known.isAskedBy(query))
                .findFirst()
                .map(measure -> held(query, measure))
                .orElseGet(() -> new CompiledQuery(
                        query, query.name() + " asks nothing that this gate knows; it knows " + known()));
    }

    private CompiledQuery checked(Query query, Check check) {
        try {
            return new CompiledQuery(query, new Asking.Checked(check.compile(query, patterns)), patterns);
        } catch (IllegalArgumentException e) {
            return new CompiledQuery(query, query.name() + ": " + e.getMessage());
        }
    }

    private CompiledQuery held(Query query, Measure measure) {
        var judge = judges.stream().filter(known -> known.takes(query)).findFirst();
        if (judge.isEmpty()) {
            return new CompiledQuery(query, query.name() + " has no limit to be held against");
        }
        var obstacle = judge.get().obstacle(query, measure);
        if (obstacle != null) {
            return new CompiledQuery(query, query.name() + ": " + obstacle);
        }
        var asking = query.asks() instanceof Question.Pull
                ? new AskedOf(query, measure, judge.get())
                : new Asking.Held(query, measure, judge.get());
        return new CompiledQuery(query, asking, patterns);
    }

    private String known() {
        return Stream.concat(
                        measures.stream().map(Measure::word), checks.stream().map(Check::word))
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
