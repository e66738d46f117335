package dev.sluice.gate.core;

import java.util.function.Predicate;

/** Compiles the file's label expressions. Matching takes time linear in the text, whatever the expression is. */
@FunctionalInterface
public interface LabelPatterns {
    /**
     * @param expression RE2, matched against the whole value; {@code !~} before it negates
     * @throws IllegalArgumentException where it is not an expression, saying why
     */
    Predicate<String> compile(String expression);
}
