package dev.sluice.applier.mesh;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Rules that are made like those of Gateway API's routes: {@code {matches, filters, backendRefs}}, the last two perhaps
 * below another key.
 *
 * @param lists where an object has its lists of rules
 * @param moved the rules that a route moves
 * @param backend which backend an entry of {@code backendRefs} is, or that of a mirror
 */
record RouteRules(
        Function<Document, List<List<Object>>> lists,
        Function<Document, Moved> moved,
        Function<Document, String> backend,
        String canary,
        Shape shape)
        implements RuleForm {
    private static final String MIRROR = "RequestMirror";
    private static final String MODIFIER = "RequestHeaderModifier";
    private static final String ANSWERS = "ResponseHeaderModifier";
    private static final String OF_ANSWERS = "responseHeaderModifier";

    /**
     * What differs between kinds.
     *
     * @param below the key below which filters and backends stand; null: beside the matches
     */
    record Shape(Matches matches, String below, Limits limits, Copies copies) {}

    /** How much an object may have. */
    record Limits(int rules, int matchesOfARule, int matches) {
        static final Limits NONE = new Limits(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /**
     * How the share of a mirror's copies is written beside its backend.
     *
     * @param keys those that there can be
     * @param written a share that is less than all
     * @param isWeighted whether the backend has a weight there as well, which says nothing
     */
    record Copies(List<String> keys, Function<Weight, Map<String, Object>> written, boolean isWeighted) {
        static final Copies NONE = new Copies(List.of(), share -> Map.of(), false);
    }

    @Override
    public List<List<Object>> lists(Document object) {
        return lists.apply(object);
    }

    @Override
    public Moved moved(Document object) {
        return moved.apply(object);
    }

    @Override
    public Narrowed narrow(Moved.Rule rule, Document copy, Match match) {
        var found = new ArrayList<Object>();
        var own = copy.list("matches");
        for (var one : own.isEmpty() ? List.of(new Document(new LinkedHashMap<>())) : own) {
            var both = shape.matches().both(one, match);
            if (both.flaw() != null) {
                return Narrowed.not(both.flaw());
            }
            if (both.match() != null) {
                found.add(both.match());
            }
        }
        copy.content().put("matches", found);
        toCanary(copy);
        setHeaders(copy, match.setHeaders());
        return found.isEmpty() ? Narrowed.NONE : Narrowed.SOME;
    }

    private void toCanary(Document rule) {
        var ref = canaryOf(rule);
        ref.put("weight", 1);
        action(rule).put("backendRefs", new ArrayList<>(List.of(ref)));
    }

    /** The first of its entries, as it may differ from the others in its port. */
    private Map<String, Object> canaryOf(Document rule) {
        return firstOfCanary(rule).copy().content();
    }

    private Document firstOfCanary(Document rule) {
        return canarys(rule)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a rule that is moved lists the canary"));
    }

    private Stream<Document> canarys(Document rule) {
        return refs(rule).filter(ref -> canary.equals(backend.apply(ref)));
    }

    private Map<String, Object> action(Document rule) {
        return shape.below() == null ? rule.content() : rule.open(shape.below());
    }

    private Stream<Document> refs(Document rule) {
        return new Document(action(rule)).list("backendRefs").stream();
    }

    private Stream<Document> filters(Document rule, String type) {
        return filtersIn(new Document(action(rule)), type);
    }

    private static Stream<Document> filtersIn(Document holder, String type) {
        return holder.list("filters").stream().filter(filter -> type.equals(filter.text("type")));
    }

    /** A rule may have one filter for headers only. */
    private void setHeaders(Document rule, Map<String, String> headers) {
        if (headers.isEmpty()) {
            return;
        }
        var modifier = filters(rule, MODIFIER).findFirst().orElseGet(() -> {
            var added = new Document(new LinkedHashMap<>(Map.of("type", MODIFIER)));
            new Document(action(rule)).append(added.content(), "filters");
            return added;
        });
        new TreeMap<>(headers).forEach((name, value) -> {
            var header = modifier.list("requestHeaderModifier", "set").stream()
                    .filter(known -> name.equalsIgnoreCase(known.text("name")))
                    .findFirst();
            if (header.isPresent()) {
                header.get().content().put("value", value);
            } else {
                var added = new LinkedHashMap<String, Object>();
                added.put("name", name);
                added.put("value", value);
                modifier.append(added, "requestHeaderModifier", "set");
            }
        });
    }

    @Override
    public boolean isForCanaryAlone(Document rule) {
        var refs = refs(rule).toList();
        return !refs.isEmpty() && refs.stream().allMatch(ref -> canary.equals(backend.apply(ref)));
    }

    @Override
    public String tooMany(Document object) {
        var rules = lists(object).stream().mapToInt(List::size).sum();
        var numbers = lists(object).stream()
                .flatMap(List::stream)
                .filter(Map.class::isInstance)
                .mapToInt(rule -> Document.of((Map<?, ?>) rule).list("matches").size())
                .toArray();
        if (rules > shape.limits().rules()) {
            return "with rules of Sluice's own the object would have " + rules + " rules of at most "
                    + shape.limits().rules() + ": name one rule to be moved, or take some out";
        }
        if (IntStream.of(numbers).anyMatch(number -> number > shape.limits().matchesOfARule())
                || IntStream.of(numbers).sum() > shape.limits().matches()) {
            return "with rules of Sluice's own the object would have more matches than it may, "
                    + shape.limits().matchesOfARule() + " in a rule and "
                    + shape.limits().matches()
                    + " in all: name one rule to be moved, or take some out";
        }
        return null;
    }

    @Override
    public String copyTo(Moved.Rule moving, Mirror mirror) {
        var rule = moving.content();
        if (mirrors(rule).findAny().isPresent()) {
            return "a rule has a mirror to " + canary + " already: take it out, or leave the rollout's out";
        }
        var ref = canaryOf(rule);
        ref.remove("filters");
        ref.remove("weight");
        if (shape.copies().isWeighted()) {
            ref.put("weight", 1);
        }
        var copied = new LinkedHashMap<String, Object>();
        copied.put("backendRef", ref);
        var share = Weight.of(mirror.percentage());
        if (!share.equals(Weight.FULL)) {
            copied.putAll(shape.copies().written().apply(share));
        }
        var filter = new LinkedHashMap<String, Object>();
        filter.put("type", MIRROR);
        filter.put("requestMirror", copied);
        new Document(action(rule)).append(filter, "filters");
        return null;
    }

    private Stream<Document> mirrors(Document rule) {
        return filters(rule, MIRROR)
                .filter(filter -> filter.at("requestMirror", "backendRef") instanceof Map<?, ?> ref
                        && canary.equals(backend.apply(Document.of(ref))));
    }

    @Override
    public void uncopy(Document rule) {
        var mine = mirrors(rule).map(Document::content).toList();
        if (!mine.isEmpty()) {
            var action = action(rule);
            var left = new ArrayList<>(new Document(action).items("filters"));
            left.removeAll(mine);
            if (left.isEmpty()) {
                action.remove("filters");
            } else {
                action.put("filters", left);
            }
        }
    }

    @Override
    public boolean copiesAll(Document rule) {
        return mirrors(rule)
                .anyMatch(filter ->
                        shape.copies().keys().stream().allMatch(key -> filter.at("requestMirror", key) == null));
    }

    /** By a filter of the canary's backend, which has one for the headers of answers at most. */
    @Override
    public String handOut(Moved.Rule moving, StickyCookie cookie) {
        var rule = moving.content();
        var ref = firstOfCanary(rule);
        if (changesCookies(new Document(action(rule)), "set", "remove")
                || changesCookies(ref, "add", "set", "remove")) {
            return "a rule has a filter for the " + StickyCookie.HEADER + " of answers already: take that out, or leave"
                    + " sessionAffinity out";
        }
        var modifier = filtersIn(ref, ANSWERS).findFirst().orElseGet(() -> {
            var added = new Document(new LinkedHashMap<>(Map.of("type", ANSWERS)));
            ref.append(added.content(), "filters");
            return added;
        });
        var header = new LinkedHashMap<String, Object>();
        header.put("name", StickyCookie.HEADER);
        header.put("value", cookie.header());
        modifier.append(header, OF_ANSWERS, "add");
        return null;
    }

    private static boolean changesCookies(Document holder, String... ways) {
        return filtersIn(holder, ANSWERS)
                .flatMap(modifier -> Stream.of(ways).flatMap(way -> modifier.items(OF_ANSWERS, way).stream()))
                .map(header -> header instanceof Map<?, ?> map ? map.get("name") : header)
                .anyMatch(name -> name instanceof String text && StickyCookie.HEADER.equalsIgnoreCase(text));
    }

    /** Of whichever backend: what it is to a route may have changed since. */
    @Override
    public void handOutNoMore(Document rule) {
        for (var ref : refs(rule).toList()) {
            for (var modifier :
                    filtersIn(ref, ANSWERS).filter(RouteRules::addsOurs).toList()) {
                modifier.items(OF_ANSWERS, "add").removeIf(RouteRules::isOurs);
                var left = modifier.open(OF_ANSWERS);
                removeIfEmpty(left, "add");
                if (left.isEmpty()) {
                    ref.items("filters").remove(modifier.content());
                }
                removeIfEmpty(ref.content(), "filters");
            }
        }
    }

    private static void removeIfEmpty(Map<String, Object> map, String key) {
        if (map.get(key) instanceof List<?> list && list.isEmpty()) {
            map.remove(key);
        }
    }

    @Override
    public boolean handsOut(Document rule) {
        return refs(rule).flatMap(ref -> filtersIn(ref, ANSWERS)).anyMatch(RouteRules::addsOurs);
    }

    private static boolean addsOurs(Document modifier) {
        return modifier.items(OF_ANSWERS, "add").stream().anyMatch(RouteRules::isOurs);
    }

    private static boolean isOurs(Object header) {
        return header instanceof Map<?, ?> map
                && map.get("name") instanceof String name
                && StickyCookie.HEADER.equalsIgnoreCase(name)
                && StickyCookie.isOurs(map.get("value"));
    }
}
