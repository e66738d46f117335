package dev.sluice.schemas.check;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;

/**
 * A schema's {@code pattern}, with {@code $} as ECMA-262 means it: the end, not "the end or before a last line break"
 * as in Java. Very long texts match nothing: no name is that long, and matching should stay cheap.
 */
record WholeLineRegex(Pattern pattern) implements RegularExpression {
    private static final int LONGEST = 4096;

    WholeLineRegex(String regex) {
        this(Pattern.compile(regex.replaceAll("(?<!\\\\)\\$", "\\\\z")));
    }

    @Override
    public boolean matches(String value) {
        return value.length() <= LONGEST && pattern.matcher(value).find();
    }
}
