package dev.sluice.applier.mesh;

import dev.sluice.schemas.rollout.Match.Text;

/** Paths of meshes whose prefixes are texts, not parts of a path: {@code /apis} begins with {@code /api}. */
final class TextPaths {
    static final Text ANY = new Text(null, "/", null);

    private TextPaths() {}

    /**
     * What was made of two paths.
     *
     * @param path null where no path is both
     * @param flaw why it can't be said, with what to do; null where it can
     */
    record Joined(Text path, String flaw) {
        private static final Joined NONE = new Joined(null, null);

        boolean isNone() {
            return path == null && flaw == null;
        }
    }

    /**
     * The path of requests that are of a rule's own and of an ordered one.
     *
     * @param ordered null: any
     */
    static Joined both(Text own, Text ordered) {
        if (ordered == null || own.equals(ordered)) {
            return new Joined(own, null);
        }
        if (own.equals(ANY)) {
            return new Joined(ordered, null);
        }
        if (own.regex() != null || ordered.regex() != null) {
            return new Joined(
                    null,
                    "a route matches on the path itself, and an expression can't be joined with another path: "
                            + (own.regex() == null ? "match on exact or prefix" : "leave the path out"));
        }
        if (isIn(ordered, own)) {
            return new Joined(ordered, null);
        }
        return isIn(own, ordered) ? new Joined(own, null) : Joined.NONE;
    }

    /**
     * Of a mesh whose paths begin with a slash, unless they are expressions.
     *
     * @param mesh its name, for people
     * @return what is wrong with an ordered path, with what to do; null where nothing is
     */
    static String flaw(Text ordered, String mesh) {
        var text = ordered == null ? null : ordered.exact() == null ? ordered.prefix() : ordered.exact();
        return text == null || text.startsWith("/")
                ? null
                : "the path " + text + " doesn't begin with /, and " + mesh
                        + " takes no other: write it from the beginning";
    }

    /** Whether no path is of both, as far as that can be told: of expressions it can't. */
    static boolean areApart(Text one, Text other) {
        return one.regex() == null && other.regex() == null && !isIn(one, other) && !isIn(other, one);
    }

    private static boolean isIn(Text path, Text other) {
        if (other.exact() != null) {
            return other.exact().equals(path.exact());
        }
        return (path.exact() == null ? path.prefix() : path.exact()).startsWith(other.prefix());
    }
}
