package dev.sluice.gate.judge;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.gate.core.LabelPatterns;
import jakarta.inject.Singleton;
import java.util.function.Predicate;

/** Label expressions by RE2, whose matching time no expression can blow up. */
@Singleton
public class Re2Patterns implements LabelPatterns {
    private static final String NOT = "!~";

    @Override
    public Predicate<String> compile(String expression) {
        if (expression.startsWith(NOT)) {
            return compile(expression.substring(NOT.length())).negate();
        }
        try {
            var pattern = Pattern.compile(expression);
            return pattern::matches;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "label expression `" + expression + "` is not RE2: " + e.getDescription(), e);
        }
    }
}
