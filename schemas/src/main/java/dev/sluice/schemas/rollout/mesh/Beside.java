package dev.sluice.schemas.rollout.mesh;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Match.Condition;
import dev.sluice.schemas.rollout.Match.Text;
import dev.sluice.schemas.rollout.Mirror;
import dev.sluice.schemas.rollout.SessionAffinity;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the objects of a mesh can carry beside weights: which requests a {@link Match} can tell apart, whether the canary
 * can get copies, and whether clients can be kept there. What it says can't be is refused with the file, and by the applier should such an order come all the same.
 *
 * @param parts of a match that can be told apart, and how; one that isn't there can't be
 * @param setsHeaders whether requests that match can be given headers
 * @param mirror the smallest difference between two shares of copies; null where there are no copies
 * @param keepsClients whether clients that were sent to the canary once can be sent there again
 * @param lacking what to add to the entry so that a match can be carried; null where nothing helps
 */
public record Beside(Map<Part, Tests> parts, boolean setsHeaders, Weight mirror, boolean keepsClients, String lacking) {
    /** Weights and nothing else. */
    public static final Beside NOTHING = new Beside(Map.of(), false, null, false, null);

    /** Weights and nothing else, as the entry is: matches stand in an object that it doesn't name. */
    static Beside nothingWithout(String lacking) {
        return new Beside(Map.of(), false, null, false, lacking);
    }

    /** What a match can look at. */
    public enum Part {
        HEADERS("headers"),
        COOKIES("cookies"),
        QUERY_PARAMETERS("query parameters"),
        PATH("the path"),
        METHOD("the method");

        private final String words;

        Part(String words) {
            this.words = words;
        }
    }

    /** How a value can be compared. */
    public enum Form {
        EXACT,
        PREFIX,
        REGEX;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param most how many conditions of this part one match can have */
    public record Tests(Set<Form> forms, int most) {
        public Tests {
            forms = Set.copyOf(forms);
        }
    }

    public Beside {
        parts = Map.copyOf(parts);
    }

    /** With one more part of a match. */
    public Beside and(Part part, int most, Form... forms) {
        var more = new EnumMap<Part, Tests>(Part.class);
        more.putAll(parts);
        more.put(part, new Tests(Set.of(forms), most));
        return new Beside(more, setsHeaders, mirror, keepsClients, lacking);
    }

    /** All parts of an HTTP request, as Gateway API has them: of cookies one, since all are in one header. */
    Beside andHttp(Form... forms) {
        return and(Part.HEADERS, 16, forms)
                .and(Part.COOKIES, 1, forms)
                .and(Part.QUERY_PARAMETERS, 16, forms)
                .and(Part.PATH, 1, forms)
                .and(Part.METHOD, 1, Form.EXACT);
    }

    public Beside andHeadersSet() {
        return new Beside(parts, true, mirror, keepsClients, lacking);
    }

    public Beside andMirrors(Weight finest) {
        return new Beside(parts, setsHeaders, finest, keepsClients, lacking);
    }

    public Beside andKeptClients() {
        return new Beside(parts, setsHeaders, mirror, true, lacking);
    }

    /**
     * Why the match can't be carried, with what to do; empty where it can.
     *
     * @param what can't, for people: the mesh
     * @param match null: none, which anything can carry
     */
    public Optional<String> cannot(String what, Match match) {
        if (match == null) {
            return Optional.empty();
        }
        if (parts.isEmpty()) {
            return Optional.of(what + " can't carry a match: "
                    + (lacking == null ? "leave it out, or let the target have a mesh that can" : lacking));
        }
        return Stream.<Optional<String>>of(
                        empty(match),
                        conditions(what, Part.HEADERS, match.headers()),
                        conditions(what, Part.COOKIES, match.cookies()),
                        conditions(what, Part.QUERY_PARAMETERS, match.queryParameters()),
                        path(what, match.path()),
                        method(what, match.method()),
                        headersSet(what, match.setHeaders()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The same of copies. */
    public Optional<String> cannot(String what, Mirror wanted) {
        if (wanted == null) {
            return Optional.empty();
        }
        if (mirror == null) {
            return Optional.of(what + " can't carry a mirror: leave it out, or let the target have a mesh that can");
        }
        var share = wanted.percentage();
        if (share == null
                || share.signum() <= 0
                || share.compareTo(Weight.FULL.percent()) > 0
                || share.remainder(mirror.percent()).signum() != 0) {
            return Optional.of(
                    what + " can't copy " + (share == null ? "an unknown share" : share.toPlainString() + " %")
                            + " of the requests: write "
                            + (mirror.equals(Weight.FULL) ? "100" : "a multiple of " + mirror + " above 0, up to 100"));
        }
        return Optional.empty();
    }

    /** The same of clients that are to stay with the canary. */
    public Optional<String> cannot(String what, SessionAffinity wanted) {
        if (wanted == null) {
            return Optional.empty();
        }
        if (!keepsClients) {
            return Optional.of(
                    what + " can't keep clients at the canary: leave sessionAffinity out, or let the target have a"
                            + " mesh, and a kind of object, that can");
        }
        if (!wanted.isNamed()) {
            return Optional.of("sessionAffinity has no name for its cookie that browsers take (" + wanted.cookie()
                    + "): write letters, digits, - and _, and nothing that begins with __Host- or __Secure-");
        }
        return wanted.lasts()
                ? Optional.empty()
                : Optional.of("sessionAffinity's maxAge " + wanted.maxAge() + " is over at once: write at least 1 s");
    }

    private static Optional<String> empty(Match match) {
        var hasNone = match.headers().isEmpty()
                && match.cookies().isEmpty()
                && match.queryParameters().isEmpty()
                && match.path() == null
                && match.method() == null;
        return hasNone
                ? Optional.of("a match without a condition is every request: name one, or set a weight")
                : Optional.empty();
    }

    private Optional<String> conditions(String what, Part part, List<Condition> conditions) {
        var names = new HashSet<String>();
        for (var condition : conditions) {
            if (condition.name() == null) {
                return Optional.of("the match has a condition on " + part.words + " without a name: name one");
            }
            if (!names.add(condition.name().toLowerCase(Locale.ROOT))) {
                return Optional.of("the match names " + condition.name() + " twice: one condition for each name");
            }
            var flaw = form(
                    what, part, condition.name(), new Text(condition.exact(), condition.prefix(), condition.regex()));
            if (flaw.isPresent()) {
                return flaw;
            }
        }
        return conditions.isEmpty() ? Optional.empty() : tooMany(what, part, conditions.size());
    }

    private Optional<String> tooMany(String what, Part part, int number) {
        var most = parts.get(part).most();
        return number > most
                ? Optional.of(what + " can match on " + most + " of " + part.words + " at most, and these are " + number
                        + ": leave some out")
                : Optional.empty();
    }

    private Optional<String> path(String what, Text path) {
        return path == null ? Optional.empty() : form(what, Part.PATH, "the path", path);
    }

    private Optional<String> method(String what, String method) {
        return method == null || parts.containsKey(Part.METHOD)
                ? Optional.empty()
                : Optional.of(partly(what, Part.METHOD));
    }

    private Optional<String> headersSet(String what, Map<String, String> headers) {
        return headers.isEmpty() || setsHeaders
                ? Optional.empty()
                : Optional.of(what + " can't set headers on the requests that match: leave setHeaders out");
    }

    private Optional<String> form(String what, Part part, String name, Text text) {
        var written = EnumSet.noneOf(Form.class);
        if (text.exact() != null) {
            written.add(Form.EXACT);
        }
        if (text.prefix() != null) {
            written.add(Form.PREFIX);
        }
        if (text.regex() != null) {
            written.add(Form.REGEX);
        }
        if (written.size() != 1) {
            return Optional.of("the match compares " + name + " in " + written.size()
                    + " ways: write exactly one of exact, prefix and regex");
        }
        var tests = parts.get(part);
        if (tests == null) {
            return Optional.of(partly(what, part));
        }
        var form = written.iterator().next();
        return tests.forms().contains(form)
                ? Optional.empty()
                : Optional.of(what + " can't match on " + part.words + " by " + form.word() + ": write one of "
                        + tests.forms().stream().map(Form::word).sorted().toList());
    }

    private String partly(String what, Part part) {
        return what + " can't match on " + part.words + ", only on "
                + parts.keySet().stream().sorted().map(known -> known.words).toList() + ": use one of these";
    }
}
