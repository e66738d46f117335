package dev.sluice.gate.source.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gate.source.Answer;
import dev.sluice.gate.source.Unanswered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where an answer's numbers, samples and errors are.
 *
 * @param series what there must be one of at most
 * @param expected what must stand where for an answer to be whole: a part of the data is none
 */
record AnswerShape(
        Pointer numbers,
        Reducer reducer,
        Optional<Pointer> samples,
        Optional<Pointer> series,
        List<Pointer> errors,
        Map<Pointer, String> expected) {

    /** The server's own words for what is wrong; blank for none. */
    String error(JsonNode root) {
        return errors.stream()
                .flatMap(pointer -> pointer.in(root).stream())
                .map(JsonNode::asText)
                .filter(words -> !words.isBlank() && !words.equals("null"))
                .findFirst()
                .orElse("");
    }

    Answer answer(JsonNode root) throws Unanswered {
        for (var expectation : expected.entrySet()) {
            check(root, expectation.getKey(), expectation.getValue());
        }
        var count = series.map(pointer -> pointer.in(root).size()).orElse(1);
        if (count > 1) {
            return new Answer.Several("gives " + count + " series, where one is needed: sum them up");
        }
        var found = finiteOrNot(numbers, root);
        if (found.isEmpty()) {
            return new Answer.Nothing("has no data for this query: nothing at " + numbers.text());
        }
        return new Answer.Found(reducer.of(found), samples(root));
    }

    private static void check(JsonNode root, Pointer pointer, String text) throws Unanswered {
        var found = pointer.in(root).stream().map(JsonNode::asText).toList();
        var isMissing = found.isEmpty() && !pointer.isForEvery();
        if (isMissing || !found.stream().allMatch(text::equals)) {
            var instead = isMissing ? "missing" : String.join(", ", found);
            throw Unanswered.yet("the answer is not whole: " + pointer.text() + " is " + instead + ", not " + text);
        }
    }

    private long samples(JsonNode root) throws Unanswered {
        if (samples.isEmpty()) {
            return Answer.UNKNOWN;
        }
        var sum = 0.0;
        for (var count : finiteOrNot(samples.get(), root)) {
            sum += count;
        }
        if (!Double.isFinite(sum) || sum < 0) {
            throw Unanswered.ever("the number of samples is " + sum);
        }
        return (long) sum;
    }

    /** Gaps (null) are left out. */
    private static List<Double> finiteOrNot(Pointer pointer, JsonNode root) throws Unanswered {
        var found = new ArrayList<Double>();
        for (var node : pointer.in(root)) {
            if (node.isNumber()) {
                found.add(node.doubleValue());
            } else if (node.isTextual()) {
                found.add(number(node.textValue(), pointer));
            } else if (!node.isNull()) {
                throw Unanswered.ever("no number at " + pointer.text() + " but " + node.getNodeType());
            }
        }
        return found;
    }

    private static double number(String text, Pointer pointer) throws Unanswered {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw Unanswered.ever("no number at " + pointer.text() + " but a text");
        }
    }
}
