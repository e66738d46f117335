package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Routed;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Match.Condition;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The requests that ingress-nginx sends to a canary Ingress whatever its weight: those that have a header of some value, by the
 * annotations {@code canary-by-header} and {@code -value} or {@code -pattern}, and only one header, of which cookies are one
 * too. {@code canary-by-cookie} can't say what an order does: it knows {@code always} and {@code never} only.
 *
 * <p>They decide before the weight does, the header before the cookie. So as long as an order's stand there, those that were
 * there before are put aside in an annotation of Sluice's, and put back when that is taken out.
 */
final class CanaryRequests {
    private static final String PREFIX = "nginx.ingress.kubernetes.io/canary-by-";
    private static final String HEADER = PREFIX + "header";
    private static final String VALUE = PREFIX + "header-value";
    private static final String PATTERN = PREFIX + "header-pattern";
    private static final List<String> ALL = List.of(HEADER, VALUE, PATTERN, PREFIX + "cookie");

    /** What the controller takes for a value, and for an expression. */
    private static final Pattern PLAIN = Pattern.compile("[-/._~a-zA-Z0-9:]+");

    private static final Pattern EXPRESSION = Pattern.compile("[-/._~a-zA-Z0-9:^$\\[\\](){}*+?|&=\\\\]*");
    private static final Pattern NAME = Pattern.compile("[-_a-zA-Z0-9]+");

    private CanaryRequests() {}

    /** @param service to which the Ingress sends, and no other */
    static Routed read(Routed routed, Document canary, WeightOrder order, String service) {
        var isThere = isThere(canary, order);
        if (!isThere && order.match() == null) {
            return routed;
        }
        var wanted = without(canary, order);
        var flaw = put(wanted, order, service);
        if (!isThere) {
            return routed.beside(null, null, null, flaw);
        }
        var isAsOrdered = order.match() != null && flaw == null && wanted.equals(canary);
        return routed.beside(isAsOrdered ? order.match() : OwnRules.OTHER_MATCH, null, null, flaw);
    }

    private static boolean isThere(Document canary, WeightOrder order) {
        return !OwnMemory.of(canary, order.route()).ours().isEmpty();
    }

    /** The Ingress as it was before. */
    static Document without(Document canary, WeightOrder order) {
        var bare = canary.copy();
        if (isThere(canary, order)) {
            var annotations = bare.open("metadata", "annotations");
            ALL.forEach(annotations::remove);
            OwnMemory.of(canary, order.route()).theirs().forEach(theirs -> {
                var parts = theirs.split("=", 2);
                annotations.put(PREFIX + parts[0], parts[1]);
            });
            OwnMemory.remove(bare, order.route());
        }
        return bare;
    }

    /** Why an order's match can't be carried, with what to do; empty where it can, or there is none. */
    static Optional<String> cannot(WeightOrder order, String service) {
        if (order.match() == null) {
            return Optional.empty();
        }
        return service.equals(order.canary())
                ? annotations(order.match(), new LinkedHashMap<>())
                : Optional.of("the canary Ingress sends to " + service + ", and only there can requests that match be"
                        + " sent: leave the match out as long as " + order.active() + " is active");
    }

    /** @return why it can't be, with what to do; null where it can, and then the Ingress is changed as ordered */
    static String put(Document bare, WeightOrder order, String service) {
        var flaw = cannot(order, service);
        if (flaw.isPresent() || order.match() == null) {
            return flaw.orElse(null);
        }
        var ours = new LinkedHashMap<String, Object>();
        annotations(order.match(), ours);
        var annotations = bare.open("metadata", "annotations");
        var there = new LinkedHashMap<String, Object>();
        ALL.stream().filter(annotations::containsKey).forEach(key -> there.put(key, annotations.remove(key)));
        // what is left of an own match whose memory a hand took away is nobody's
        var theirs = there.equals(ours)
                ? List.<String>of()
                : there.entrySet().stream()
                        .map(entry -> entry.getKey().substring(PREFIX.length()) + "=" + entry.getValue())
                        .toList();
        annotations.putAll(ours);
        new OwnMemory(List.of(OwnMemory.print(ours)), List.of(), theirs, null).put(bare, order.route());
        return null;
    }

    private static Optional<String> annotations(Match match, Map<String, Object> ours) {
        if (match.headers().size() + match.cookies().size() != 1) {
            return Optional.of("ingress-nginx can match on one header or one cookie: leave the others out");
        }
        var isHeader = match.cookies().isEmpty();
        var condition = isHeader ? match.headers().getFirst() : match.cookies().getFirst();
        if (isHeader && !NAME.matcher(condition.name()).matches()) {
            return Optional.of("ingress-nginx can't look at the header " + condition.name()
                    + ": use a name of letters, digits, hyphens and underscores alone");
        }
        ours.put(HEADER, isHeader ? condition.name() : "Cookie");
        if (isHeader
                && condition.exact() != null
                && PLAIN.matcher(condition.exact()).matches()) {
            ours.put(VALUE, condition.exact());
            return Optional.empty();
        }
        if (condition.regex() != null && !EXPRESSION.matcher(condition.regex()).matches()) {
            return Optional.of("ingress-nginx takes no expression with characters as in " + condition.regex()
                    + ": write others than letters, digits and those of expressions as \\x2c");
        }
        ours.put(PATTERN, isHeader ? "^" + expression(condition, ".*") + "$" : listing(condition));
        return Optional.empty();
    }

    private static String expression(Condition condition, String rest) {
        if (condition.exact() != null) {
            return quoted(condition.exact());
        }
        return condition.prefix() != null ? quoted(condition.prefix()) + rest : "(?:" + condition.regex() + ")";
    }

    /** One of the cookies that the header lists, between semicolons. */
    private static String listing(Condition cookie) {
        return "^(?:.*\\x3b\\x20?)?" + quoted(cookie.name()) + "=" + expression(cookie, "[^\\x3b]*") + "(?:\\x3b.*)?$";
    }

    /** Byte by byte, as the controller's expressions see them. */
    private static String quoted(String text) {
        var quoted = new StringBuilder();
        for (var b : text.getBytes(StandardCharsets.UTF_8)) {
            var c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || "-/_~:&=".indexOf(c) >= 0)) {
                quoted.append(c);
            } else {
                quoted.append(String.format("\\x%02x", (int) c));
            }
        }
        return quoted.toString();
    }
}
