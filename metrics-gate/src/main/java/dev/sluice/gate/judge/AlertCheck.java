package dev.sluice.gate.judge;

import dev.sluice.gate.core.Alert;
import dev.sluice.gate.core.Answer;
import dev.sluice.gate.core.Check;
import dev.sluice.gate.core.Evidence;
import dev.sluice.gate.core.LabelPatterns;
import dev.sluice.schemas.message.Verdict.Outcome;
import dev.sluice.schemas.rollout.Query;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** {@code alert}: fails while one fires. That nobody said a word is no pass by itself, and doesn't keep others from passing. */
@Singleton
public class AlertCheck implements Check {
    private static final int NAMED = 5;

    @Override
    public String word() {
        return "alert";
    }

    @Override
    public boolean isAskedBy(Query query) {
        return query.asks() instanceof Question.Alert;
    }

    @Override
    public Compiled compile(Query query, LabelPatterns patterns) {
        var asked = (Question.Alert) query.asks();
        var labels = new TreeMap<String, Predicate<String>>();
        asked.labels().forEach((label, matcher) -> labels.put(label, patterns.compile(matcher)));
        return new Asked(asked.name() == null ? any -> true : patterns.compile(asked.name()), labels);
    }

    private record Asked(Predicate<String> name, Map<String, Predicate<String>> labels) implements Compiled {
        @Override
        public List<Selector> selectors() {
            return List.of();
        }

        @Override
        public Answer answer(Evidence evidence) {
            var alerts = evidence.alerts().stream().filter(this::matches).toList();
            if (alerts.isEmpty()) {
                return Answer.silent("no alert that matches was ever heard of");
            }
            var firing = alerts.stream().filter(Alert::firing).toList();
            return firing.isEmpty()
                    ? Answer.of(Outcome.PASS, told(alerts, "resolved"))
                    : Answer.of(Outcome.FAIL, told(firing, "firing"));
        }

        private boolean matches(Alert alert) {
            return name.test(alert.name())
                    && labels.entrySet().stream()
                            .allMatch(label ->
                                    label.getValue().test(alert.labels().getOrDefault(label.getKey(), "")));
        }

        private static String told(List<Alert> alerts, String state) {
            var more = alerts.size() - NAMED;
            return alerts.stream()
                            .limit(NAMED)
                            .map(alert -> alert.name() + labels(alert) + " " + state + " since "
                                    + Instant.ofEpochMilli(alert.sinceMillis()))
                            .collect(Collectors.joining(", "))
                    + (more > 0 ? " and " + more + " more" : "");
        }

        private static String labels(Alert alert) {
            return alert.labels().isEmpty()
                    ? ""
                    : alert.labels().entrySet().stream()
                            .map(label -> label.getKey() + "=" + label.getValue())
                            .sorted()
                            .collect(Collectors.joining(", ", " {", "}"));
        }
    }
}
