package dev.sluice.gate.format.foreign;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Map;

/** A condition on one label, {@code destination_workload=.*-canary}: an expression of RE2 that the whole value fits. */
public record LabelIs(String label, Pattern pattern) {
    /** @throws IllegalArgumentException where it is none */
    static LabelIs parse(String text) {
        var equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("`" + text + "` is no condition on a label: label=expression");
        }
        return new LabelIs(text.substring(0, equals), compile(text.substring(equals + 1)));
    }

    public static Pattern compile(String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("`" + expression + "` is not RE2: " + e.getDescription(), e);
        }
    }

    boolean isIn(Map<String, String> labels) {
        return labels.containsKey(label);
    }

    /** Says false where the label is missing. */
    public boolean holds(Map<String, String> labels) {
        var value = labels.get(label);
        return value != null && pattern.matches(value);
    }
}
