package dev.sluice.schemas.rollout;

import java.util.List;

/**
 * Requests that go to the canary whatever its weight (A/B): all of the conditions hold. The rollout file's {@code
 * setMatch}.
 *
 * @param path null: any
 * @param method the HTTP method; null: any
 */
public record Match(List<Condition> headers, List<Condition> cookies, Text path, String method) {
    public Match {
        headers = headers == null ? List.of() : List.copyOf(headers);
        cookies = cookies == null ? List.of() : List.copyOf(cookies);
    }

    /**
     * What a header's or a cookie's value is to be; exactly one of {@code exact}, {@code prefix} and {@code regex} is set.
     *
     * @param regex RE2, of the whole value
     */
    public record Condition(String name, String exact, String prefix, String regex) {}

    /** The same of what has no name. */
    public record Text(String exact, String prefix, String regex) {}
}
