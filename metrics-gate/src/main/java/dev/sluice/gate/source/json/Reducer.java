package dev.sluice.gate.source.json;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What makes one number of several, of which there is one at least. NaN stays NaN. */
enum Reducer {
    LAST(List::getLast),
    FIRST(List::getFirst),
    MEAN(numbers -> sum(numbers) / numbers.size()),
    SUM(Reducer::sum),
    MAX(numbers -> numbers.stream().reduce(Double.NEGATIVE_INFINITY, Math::max)),
    MIN(numbers -> numbers.stream().reduce(Double.POSITIVE_INFINITY, Math::min)),
    COUNT(List::size);

    private final ToDoubleFunction<List<Double>> function;

    Reducer(ToDoubleFunction<List<Double>> function) {
        this.function = function;
    }

    double of(List<Double> numbers) {
        return function.applyAsDouble(numbers);
    }

    /** Not by a stream's sum, whose result may depend on how it is split. */
    private static double sum(List<Double> numbers) {
        var sum = 0.0;
        for (var number : numbers) {
            sum += number;
        }
        return sum;
    }

    /** @throws IllegalArgumentException names the known ones */
    static Reducer of(String word) {
        return Arrays.stream(values())
                .filter(reducer -> reducer.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("json.reducer " + word + " is none of "
                        + Arrays.stream(values()).map(Reducer::word).collect(Collectors.joining(", "))));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
