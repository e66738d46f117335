package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;

/** What a schema can't say about queries: limits that leave something between them, and label expressions that are RE2. */
final class Queries {
    private static final String NEGATED = "!~";

    private final Problems problems;

    Queries(Problems problems) {
        this.problems = problems;
    }

    void check(JsonNode file) {
        var queries = file.path("analysis").path("queries");
        for (int i = 0; i < queries.size(); i++) {
            var query = queries.path(i);
            var at = Pointer.of("analysis", "queries").to(i);
            limits(query, at);
            labels(query.path("ratio").path("numerator"), at.to("ratio").to("numerator"));
            labels(query.path("ratio").path("denominator"), at.to("ratio").to("denominator"));
            for (var measure : List.of("quantile", "mean", "rate", "max")) {
                labels(query.path(measure), at.to(measure));
            }
        }
    }

    private void limits(JsonNode query, Pointer at) {
        var upper = query.path("upperLimit");
        var lower = query.path("lowerLimit");
        if (upper.isNumber() && lower.isNumber() && lower.doubleValue() > upper.doubleValue()) {
            problems.add(at.to("lowerLimit"), "is above the upperLimit, so that nothing could pass");
        }
    }

    private void labels(JsonNode selector, Pointer at) {
        for (var label : selector.path("labels").properties()) {
            var expression = label.getValue().asText();
            try {
                Pattern.compile(expression.startsWith(NEGATED) ? expression.substring(NEGATED.length()) : expression);
            } catch (PatternSyntaxException e) {
                problems.add(at.to("labels").to(label.getKey()), "is not an RE2 expression: " + e.getDescription());
            }
        }
    }
}
