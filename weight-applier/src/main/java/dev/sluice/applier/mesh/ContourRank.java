package dev.sluice.applier.mesh;

import dev.sluice.schemas.rollout.Match.Text;
import java.util.Comparator;
import java.util.List;

/**
 * Where Contour sorts a HTTPProxy's route among others, whatever their order in the list: exact paths, then expressions, then
 * prefixes, longer ones first; then those with a method, with more headers, with more query parameters. The first that
 * matches has a request. What is equal in all of that is sorted by its texts.
 */
record ContourRank(Text path, boolean hasMethod, int headers, int parameters) {
    private static final Comparator<ContourRank> BY_PATH =
            Comparator.comparingInt(ContourRank::kind).thenComparingInt(ContourRank::length);
    private static final Comparator<ContourRank> BY_ALL = BY_PATH.thenComparing(ContourRank::hasMethod)
            .thenComparingInt(ContourRank::headers)
            .thenComparingInt(ContourRank::parameters);

    static ContourRank of(Document route) {
        var headers = ContourMatches.headers(route);
        var methods = headers.stream().filter(ContourRank::isMethod).count();
        return new ContourRank(
                ContourMatches.path(route),
                methods > 0,
                (int) (headers.size() - methods),
                ContourMatches.parameters(route).size());
    }

    /** Of an include: what its routes add is written elsewhere. */
    static ContourRank ofPath(Document include) {
        return new ContourRank(ContourMatches.path(include), false, 0, 0);
    }

    private static boolean isMethod(Document header) {
        return ":method".equals(header.text("name"));
    }

    private int kind() {
        return path.exact() != null ? 2 : path.regex() != null ? 1 : 0;
    }

    /** Of exact paths none has more than itself. */
    private int length() {
        return path.exact() != null ? 0 : (path.regex() == null ? path.prefix() : path.regex()).length();
    }

    boolean isAbove(ContourRank other) {
        return BY_ALL.compare(this, other) > 0;
    }

    boolean isAboveByPath(ContourRank other) {
        return BY_PATH.compare(this, other) > 0;
    }

    /** Whether no request is of two routes, as far as that can be told. */
    static boolean areApart(Document one, Document other) {
        List<Document> headers = ContourMatches.headers(other);
        return TextPaths.areApart(ContourMatches.path(one), ContourMatches.path(other))
                || ContourMatches.headers(one).stream()
                        .anyMatch(header -> headers.stream()
                                .anyMatch(known -> header.text("name").equalsIgnoreCase(known.text("name"))
                                        && ContourMatches.areApart(known, header.content())));
    }
}
