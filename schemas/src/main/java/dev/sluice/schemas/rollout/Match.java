package dev.sluice.schemas.rollout;

import java.util.List;
import java.util.Map;

/**
 * Requests that go to the canary whatever its weight (A/B): all of the conditions hold. The rollout file's {@code
 * setMatch}.
 *
 * @param path null: any
 * @param method the HTTP method; null: any
 * @param setHeaders put on such requests for the canary to see, by name; no condition
 */
public record Match(
        List<Condition> headers,
        List<Condition> cookies,
        List<Condition> queryParameters,
        Text path,
        String method,
        Map<String, String> setHeaders) {
    public Match {
        headers = headers == null ? List.of() : List.copyOf(headers);
        cookies = cookies == null ? List.of() : List.copyOf(cookies);
        queryParameters = queryParameters == null ? List.of() : List.copyOf(queryParameters);
        setHeaders = setHeaders == null ? Map.of() : Map.copyOf(setHeaders);
    }

    /**
     * What the value of a header, a cookie or a query parameter is to be; exactly one of {@code exact}, {@code prefix} and
     * {@code regex} is set.
     *
     * @param regex RE2, of the whole value
     */
    public record Condition(String name, String exact, String prefix, String regex) {}

    /** The same of what has no name. */
    public record Text(String exact, String prefix, String regex) {}
}
