package dev.sluice.gate.judge;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** What was compiled lately, by its text: so many and no more. Thread-safe. */
final class Compiled<T> {
    private static final int MOST = 1000;

    private final Function<String, T> compile;
    private final Map<String, T> byText = new LinkedHashMap<>(16, 0.75f, true);

    /** @param compile pure */
    Compiled(Function<String, T> compile) {
        this.compile = compile;
    }

    synchronized T of(String text) {
        var known = byText.get(text);
        if (known == null) {
            known = compile.apply(text);
            byText.put(text, known);
            if (byText.size() > MOST) {
                byText.remove(byText.keySet().iterator().next());
            }
        }
        return known;
    }
}
