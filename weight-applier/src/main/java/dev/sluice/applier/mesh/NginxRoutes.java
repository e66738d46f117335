package dev.sluice.applier.mesh;

import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Match.Text;
import dev.sluice.schemas.rollout.Mirror;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Matches of Sluice's own among a VirtualServer's: {@code spec.routes[].matches[]}, of which the first whose conditions all
 * hold has a request, and the route's own splits what is left. So an own one is the last of its route.
 *
 * @param backend which backend an action is, of a split, a match or a route
 */
record NginxRoutes(Function<Document, Moved> moved, Function<Document, String> backend, String canary)
        implements RuleForm {
    private static final String ACTION = "action";
    private static final String SPLITS = "splits";

    @Override
    public List<List<Object>> lists(Document object) {
        return object.list("spec", "routes").stream()
                .<List<Object>>map(Within::new)
                .toList();
    }

    /** A route's matches, and after them the route itself, which has what none of them has. */
    private static final class Within extends AbstractList<Object> {
        private static final String MATCHES = "matches";
        private final Document route;

        Within(Document route) {
            this.route = route;
        }

        @Override
        public Object get(int index) {
            var matches = route.items(MATCHES);
            return index == matches.size() ? route.content() : matches.get(index);
        }

        @Override
        public int size() {
            return route.items(MATCHES).size() + 1;
        }

        @Override
        public void add(int index, Object match) {
            var matches = new ArrayList<>(route.items(MATCHES));
            matches.add(index, match);
            route.content().put(MATCHES, matches);
        }

        @Override
        public Object remove(int index) {
            var matches = new ArrayList<>(route.items(MATCHES));
            var removed = matches.remove(index);
            if (matches.isEmpty()) {
                route.content().remove(MATCHES);
            } else {
                route.content().put(MATCHES, matches);
            }
            return removed;
        }
    }

    @Override
    public Moved moved(Document object) {
        return moved.apply(object);
    }

    @Override
    public Narrowed narrow(Moved.Rule rule, Document copy, Match match) {
        if (TextPaths.both(path(copy), match.path()).isNone()) {
            return Narrowed.NONE;
        }
        var conditions = NginxConditions.of(match);
        if (conditions.flaw() != null) {
            return Narrowed.not(conditions.flaw());
        }
        var action = copy.list(SPLITS).stream()
                .filter(split -> canary.equals(backend.apply(split)))
                .findFirst()
                .map(split -> new Document(split.open(ACTION)))
                .orElseThrow(() -> new IllegalStateException("a route that is moved lists the canary"));
        if (!match.setHeaders().isEmpty()) {
            var flaw = setHeaders(action, match.setHeaders());
            if (flaw.isPresent()) {
                return Narrowed.not(flaw.get());
            }
        }
        copy.content().clear();
        copy.content().put("conditions", new ArrayList<>(conditions.list()));
        copy.content().put(ACTION, action.content());
        return Narrowed.SOME;
    }

    /** What it begins with, or where it is an expression any: that is looked at before the conditions. */
    private static Text path(Document route) {
        var path = route.text("path");
        if (path == null || path.startsWith("~")) {
            return TextPaths.ANY;
        }
        return path.startsWith("=")
                ? new Text(path.substring(1).strip(), null, null)
                : new Text(null, path.startsWith("^~") ? path.substring(2).strip() : path, null);
    }

    /** What passes is made what proxies, which is the same and can set headers. */
    private static Optional<String> setHeaders(Document action, Map<String, String> headers) {
        var pass = action.content().remove("pass");
        if (pass != null) {
            action.open("proxy").put("upstream", pass);
        }
        for (var header : new TreeMap<>(headers).entrySet()) {
            var flaw = NginxConditions.unfit(header.getKey(), header.getValue());
            if (flaw.isPresent()) {
                return flaw;
            }
            var known = action.list("proxy", "requestHeaders", "set").stream()
                    .filter(one -> header.getKey().equalsIgnoreCase(one.text("name")))
                    .findFirst();
            if (known.isPresent()) {
                known.get().content().put("value", header.getValue());
            } else {
                var added = new LinkedHashMap<String, Object>();
                added.put("name", header.getKey());
                added.put("value", header.getValue());
                action.append(added, "proxy", "requestHeaders", "set");
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean isForCanaryAlone(Document rule) {
        var splits = rule.list(SPLITS);
        return splits.isEmpty()
                ? rule.at(ACTION) instanceof Map && canary.equals(backend.apply(rule))
                : splits.stream().allMatch(split -> canary.equals(backend.apply(split)));
    }

    @Override
    public String copyTo(Moved.Rule rule, Mirror mirror) {
        return "a VirtualServer makes no copies: leave the mirror out";
    }
}
