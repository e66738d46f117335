package dev.sluice.applier.mesh;

import dev.sluice.applier.mesh.Matches.Both;
import dev.sluice.schemas.rollout.Match.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A path as Gateway API's routes compare it. Prefixes are of whole parts: {@code /api} and {@code /api/} are the same and
 * have {@code /api/v1} in them, {@code /apis} not.
 */
record HttpPath(String type, String value) {
    private static final String EXACT = "Exact";
    private static final String PREFIX = "PathPrefix";
    private static final String REGEX = "RegularExpression";

    /**
     * The path of requests that are of a rule's own match and of an ordered path.
     *
     * @param ordered null: any
     */
    static Both both(Document own, Text ordered) {
        var mine = new HttpPath(
                Objects.requireNonNullElse(own.text("path", "type"), PREFIX),
                Objects.requireNonNullElse(own.text("path", "value"), "/"));
        if (ordered == null) {
            return Both.of(mine.map());
        }
        var theirs = of(ordered);
        if (mine.isAny() || mine.equals(theirs)) {
            return Both.of(theirs.map());
        }
        if (theirs.type.equals(REGEX) || mine.type.equals(REGEX)) {
            return Both.not("a rule matches on the path " + mine.value
                    + " itself, and an expression can't be joined with" + " another path: "
                    + (mine.type.equals(REGEX) ? "leave the path out" : "match on exact or prefix"));
        }
        if (theirs.isIn(mine)) {
            return Both.of(theirs.map());
        }
        return mine.isIn(theirs) ? Both.of(mine.map()) : Both.NONE;
    }

    private static HttpPath of(Text ordered) {
        if (ordered.regex() != null) {
            return new HttpPath(REGEX, "^(?:" + ordered.regex() + ")$");
        }
        return ordered.exact() != null
                ? new HttpPath(EXACT, ordered.exact())
                : new HttpPath(PREFIX, trimmed(ordered.prefix()));
    }

    private boolean isAny() {
        return type.equals(PREFIX) && value.equals("/");
    }

    private boolean isIn(HttpPath other) {
        if (other.type.equals(EXACT)) {
            return type.equals(EXACT) && value.equals(other.value);
        }
        var whole = trimmed(other.value);
        return whole.equals("/") || trimmed(value).equals(whole) || value.startsWith(whole + "/");
    }

    private static String trimmed(String prefix) {
        return prefix.length() > 1 && prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    }

    private Map<String, Object> map() {
        var map = new LinkedHashMap<String, Object>();
        map.put("type", type);
        map.put("value", value);
        return map;
    }
}
