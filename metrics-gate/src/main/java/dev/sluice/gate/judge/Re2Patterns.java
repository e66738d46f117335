package dev.sluice.gate.judge;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.gate.core.LabelPatterns;
import jakarta.inject.Singleton;
import java.util.function.Predicate;

/** Matchers of labels, see {@link dev.sluice.schemas.rollout.Selector}: by RE2, whose matching time no expression can blow up. */
@Singleton
public class Re2Patterns implements LabelPatterns {
    private static final String NOT_LIKE = "!~";
    private static final String LIKE = "=~";
    private static final String NOT = "!=";
    private static final String IS = "=";

    @Override
    public Predicate<String> compile(String matcher) {
        if (matcher.startsWith(NOT_LIKE)) {
            return pattern(matcher.substring(NOT_LIKE.length())).negate();
        }
        if (matcher.startsWith(LIKE)) {
            return pattern(matcher.substring(LIKE.length()));
        }
        if (matcher.startsWith(NOT)) {
            return Predicate.<String>isEqual(matcher.substring(NOT.length())).negate();
        }
        return matcher.startsWith(IS) ? Predicate.isEqual(matcher.substring(IS.length())) : pattern(matcher);
    }

    private static Predicate<String> pattern(String expression) {
        try {
            var pattern = Pattern.compile(expression);
            return pattern::matches;
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "label expression `" + expression + "` is not RE2: " + e.getDescription(), e);
        }
    }
}
