package dev.sluice.gate.source.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gate.source.Answer;
import dev.sluice.gate.source.Unanswered;

/** Reads the {@code data} of a query's answer: {@code resultType} and {@code result}. */
final class Result {
    private Result() {}

    static Answer answer(JsonNode data) throws Unanswered {
        var result = data.path("result");
        return switch (data.path("resultType").asText()) {
            case "scalar" -> new Answer.Found(number(result), Answer.UNKNOWN);
            case "vector" -> vector(result);
            case "matrix" ->
                throw Unanswered.ever("the query gives a range of values, not one number:"
                        + " put a function such as avg_over_time around it");
            case "string" -> throw Unanswered.ever("the query gives a text, not a number");
            default -> throw Unanswered.ever("the answer has no result that Prometheus' API describes");
        };
    }

    private static Answer vector(JsonNode series) throws Unanswered {
        if (series.isEmpty()) {
            return new Answer.Nothing("has no data for this query");
        }
        if (series.size() > 1) {
            return new Answer.Several("gives %d series, such as %s and %s, where one number is needed: sum them up"
                    .formatted(series.size(), labels(series.get(0)), labels(series.get(1))));
        }
        if (series.get(0).has("histogram")) {
            throw Unanswered.ever("the query gives a histogram, not a number: put histogram_quantile around it");
        }
        return new Answer.Found(number(series.get(0).path("value")), Answer.UNKNOWN);
    }

    private static String labels(JsonNode series) {
        var labels = series.path("metric").toString();
        return labels.length() > 100 ? labels.substring(0, 100) + "…" : labels;
    }

    /** @param pair a time and a number as a text, which may be NaN, +Inf or -Inf */
    private static double number(JsonNode pair) throws Unanswered {
        var text = pair.path(1).asText();
        try {
            return switch (text) {
                case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        } catch (NumberFormatException e) {
            throw Unanswered.ever("the answer holds no number where one belongs");
        }
    }
}
