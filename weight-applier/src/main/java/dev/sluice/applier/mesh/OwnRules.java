package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Annotations;
import dev.sluice.applier.core.Routed;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import dev.sluice.schemas.rollout.SessionAffinity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What goes to the canary beside its weight, in an object of rules: before each rule that a route moves one of Sluice's own,
 * like it but for the requests that match, another for the clients that are kept, and on each of them a mirror, and a cookie
 * that the canary hands out.
 *
 * <p>What is Sluice's is taken out first, and whatever is to be read, moved or put in is done on the rest: so it is never
 * counted among the rules that are moved, follows them when a person changes them, and leaves no trace. An object is as
 * ordered where taking out and putting in again gives the same object.
 */
final class OwnRules {
    private static final String MATCHING = "sluice-match-";
    private static final String KEEPING = "sluice-affinity-";
    /** Something of Sluice's, but not what is ordered: none is an order's, since it has no condition, share or name. */
    static final Match OTHER_MATCH = new Match(null, null, null, null, null, null);

    private static final Mirror OTHER_MIRROR = new Mirror(BigDecimal.ZERO);
    static final SessionAffinity OTHER_AFFINITY = new SessionAffinity(null, Duration.ZERO);

    private final RuleForm form;
    private final WeightOrder order;
    private final boolean isKeeping;
    private final String matching;
    private final String keeping;

    OwnRules(RuleForm form, WeightOrder order) {
        this(form, order, true);
    }

    /** Of matches and mirrors alone: clients are kept by another object, or by none. */
    static OwnRules keepingNobody(RuleForm form, WeightOrder order) {
        return new OwnRules(form, order, false);
    }

    private OwnRules(RuleForm form, WeightOrder order, boolean isKeeping) {
        this.form = form;
        this.order = order;
        this.isKeeping = isKeeping;
        var key = Annotations.fenceKey(order.route());
        var route = key.substring(key.lastIndexOf('-') + 1) + "-";
        this.matching = MATCHING + route;
        this.keeping = KEEPING + route;
    }

    /**
     * Those of an object's rules that are none of Sluice's, of whichever route: places are a person's, and don't change
     * because own ones stand in between.
     */
    static List<Document> others(Document object, List<Document> rules) {
        return OwnMemory.others(
                object, rules.stream().filter(rule -> !isOwn(rule.text("name"))).toList());
    }

    /** Whether a rule of this name is one of Sluice's, of whichever route. */
    static boolean isOwn(String name) {
        return name != null && (name.startsWith(MATCHING) || name.startsWith(KEEPING));
    }

    Routed read(Document object) {
        var affinity = affinityAt(order.weight());
        if (isNothingOrdered(affinity) && isUntouched(object)) {
            return form.moved(object).routed(order);
        }
        var memory = remembered(object);
        var bare = without(object);
        var routed = form.moved(bare).routed(order);
        var wanted = bare.copy();
        var flaw = put(wanted, memory, affinity);
        if (flaw == null && wanted.equals(object)) {
            return routed.beside(order.match(), order.mirror(), affinity, null);
        }
        if (affinity != null && isWithoutAffinity(object, bare, memory)) {
            return routed.beside(order.match(), order.mirror(), null, flaw);
        }
        return routed.beside(
                memory.ours().isEmpty() && named(object, matching).isEmpty() ? null : OTHER_MATCH,
                memory.mirror() == null ? null : OTHER_MIRROR,
                keepsClients(object, memory) ? OTHER_AFFINITY : null,
                flaw);
    }

    private SessionAffinity affinityAt(Weight weight) {
        return isKeeping ? order.affinityAt(weight) : null;
    }

    /** All that is ordered is there but for it: so is what serves somebody again at a weight that has none (B17). */
    private boolean isWithoutAffinity(Document object, Document bare, OwnMemory memory) {
        var wanted = bare.copy();
        return put(wanted, memory, null) == null && wanted.equals(object);
    }

    private boolean isNothingOrdered(SessionAffinity affinity) {
        return order.match() == null && order.mirror() == null && affinity == null;
    }

    /** The object at a weight, and beside it what is ordered, as far as that can be. */
    Document planned(Document object, Weight weight) {
        var memory = remembered(object);
        var bare = without(object);
        form.moved(bare).put(weight);
        var planned = bare.copy();
        if (put(planned, memory, affinityAt(weight)) == null) {
            return planned;
        }
        // what can't be carried is not left standing either
        if (isShareLost(memory)) {
            OwnMemory.NOTHING.dropped().put(bare, order.route());
        }
        return bare;
    }

    /** The object at the weights that it has; whoever lets go of it takes what is Sluice's along. */
    Document withoutWeight(Document object) {
        return order.end() == null ? object.copy() : without(object);
    }

    /** As written, unless the object shows that the API server did not keep all of it. */
    private OwnMemory remembered(Document object) {
        var memory = OwnMemory.of(object, order.route());
        var isLost = memory.copiesSome()
                && form.moved(withoutRules(object, memory)).rules().stream()
                        .anyMatch(rule -> form.copiesAll(rule.content()));
        return isLost ? memory.dropped() : memory;
    }

    private boolean isShareLost(OwnMemory memory) {
        return OwnMemory.DROPPED.equals(memory.mirror())
                && order.mirror() != null
                && order.mirror().percentage().compareTo(Weight.FULL.percent()) < 0;
    }

    private boolean isUntouched(Document object) {
        var memory = OwnMemory.of(object, order.route());
        return memory.equals(OwnMemory.NOTHING) && named(object, matching).isEmpty() && !keepsClients(object, memory);
    }

    private boolean keepsClients(Document object, OwnMemory memory) {
        return !memory.kept().isEmpty()
                || !named(object, keeping).isEmpty()
                || form.moved(object).rules().stream().map(Moved.Rule::content).anyMatch(form::handsOut);
    }

    // --- taking out

    private Document without(Document object) {
        var memory = OwnMemory.of(object, order.route());
        var bare = withoutRules(object, memory);
        var moved = form.moved(bare).rules().stream().map(Moved.Rule::content).toList();
        var some = moved.isEmpty() ? rules(bare).toList() : moved;
        if (memory.mirror() != null) {
            some.forEach(form::uncopy);
        }
        some.forEach(form::handOutNoMore);
        return bare;
    }

    private Document withoutRules(Document object, OwnMemory memory) {
        var bare = object.copy();
        remove(bare, named(bare, matching));
        remove(bare, named(bare, keeping));
        var unnamed = unnamed(bare, memory);
        remove(bare, unnamed);
        remove(bare, edited(bare, memory, memory.unnamed().size() - unnamed.size()));
        // what it says is out: a person's equal rule is not taken for it
        OwnMemory.remove(bare, order.route());
        return bare;
    }

    private void remove(Document object, Set<Object> some) {
        form.lists(object).forEach(list -> list.removeIf(some::contains));
    }

    private Stream<Document> rules(Document object) {
        return form.lists(object).stream().flatMap(List::stream).flatMap(OwnRules::rule);
    }

    private static Stream<Document> rule(Object item) {
        return item instanceof Map<?, ?> map ? Stream.of(Document.of(map)) : Stream.empty();
    }

    private Set<Object> named(Document object, String prefix) {
        return these(rules(object)
                .filter(rule -> rule.text("name") != null && rule.text("name").startsWith(prefix)));
    }

    /** Should a person have the same rule, those in an own one's place, right before those that are moved; else the last ones. */
    private Set<Object> unnamed(Document object, OwnMemory memory) {
        if (memory.unnamed().isEmpty()) {
            return Set.of();
        }
        var left = new ArrayList<>(memory.unnamed());
        var all = rules(object).collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(all);
        var found = these(Stream.empty());
        Stream.concat(inPlace(object, memory).stream().flatMap(List::stream), all.stream())
                .filter(rule -> !found.contains(rule.content()) && left.remove(OwnMemory.print(rule.content())))
                .forEach(rule -> found.add(rule.content()));
        return found;
    }

    /** A hand changed it: what stands in its place, is the canary's alone, and was no person's before. */
    private Set<Object> edited(Document object, OwnMemory memory, int missing) {
        return missing <= 0
                ? Set.of()
                : these(inPlace(object, memory).stream()
                        .flatMap(before -> before.stream().takeWhile(rule -> isNobodys(rule, memory)))
                        .limit(missing));
    }

    /** Of each rule that is moved what stands right before it, as far as own ones without a name reach; the nearest first. */
    private List<List<Document>> inPlace(Document object, OwnMemory memory) {
        var moved = these(form.moved(object).rules().stream().map(Moved.Rule::content));
        var ofEach = Math.ceilDiv(memory.unnamed().size(), Math.max(1, moved.size()));
        var found = new ArrayList<List<Document>>();
        for (var list : form.lists(object)) {
            for (int i = 1; i < list.size(); i++) {
                if (moved.contains(list.get(i))) {
                    found.add(list.subList(Math.max(0, i - ofEach), i).reversed().stream()
                            .flatMap(OwnRules::rule)
                            .toList());
                }
            }
        }
        return found;
    }

    private boolean isNobodys(Document rule, OwnMemory memory) {
        return rule.text("name") == null
                && form.isForCanaryAlone(rule)
                && !memory.theirs().contains(OwnMemory.print(rule.content()));
    }

    private static Set<Object> these(Stream<Document> documents) {
        Set<Object> same = Collections.newSetFromMap(new IdentityHashMap<>());
        documents.forEach(document -> same.add(document.content()));
        return same;
    }

    // --- putting in

    /** @return why it can't be, with what to do; null where it can, and then the object is changed as ordered */
    private String put(Document bare, OwnMemory memory, SessionAffinity affinity) {
        if (isNothingOrdered(affinity)) {
            return null;
        }
        var found = form.moved(bare);
        if (found.unfit() != null) {
            return found.unfit();
        }
        var moved = found.rules();
        var theirs = rules(bare)
                .filter(form::isForCanaryAlone)
                .map(rule -> OwnMemory.print(rule.content()))
                .distinct()
                .toList();
        var matched = new IdentityHashMap<Object, Document>();
        if (order.match() != null) {
            var flaw = narrowed(bare, moved, matched);
            if (flaw != null) {
                return flaw;
            }
        }
        var kept = new IdentityHashMap<Object, Document>();
        if (affinity != null) {
            var flaw = kept(moved, StickyCookie.of(order, affinity), kept);
            if (flaw != null) {
                return flaw;
            }
        }
        if (order.mirror() != null) {
            var flaw = isShareLost(memory)
                    ? "this cluster's version of the kind copies all requests or none: write 100, or update its definition"
                    : copied(moved);
            if (flaw != null) {
                return flaw;
            }
        }
        form.lists(bare).forEach(list -> place(list, matched, kept));
        var share = order.mirror() == null ? null : order.mirror().percentage().toPlainString();
        new OwnMemory(unnamed(moved, matched), unnamed(moved, kept), theirs, share).put(bare, order.route());
        return form.tooMany(bare);
    }

    private static List<String> unnamed(List<Moved.Rule> moved, Map<Object, Document> placed) {
        return moved.stream()
                .map(rule -> placed.get(rule.content().content()))
                .filter(own -> own != null && own.text("name") == null)
                .map(own -> OwnMemory.print(own.content()))
                .toList();
    }

    /** @param placed the rules that are to stand before others, by these */
    private String narrowed(Document bare, List<Moved.Rule> moved, Map<Object, Document> placed) {
        for (var rule : moved) {
            var own = rule.content().copy();
            var narrowed = form.narrow(rule, own, order.match());
            if (narrowed.flaw() != null) {
                return narrowed.flaw();
            }
            if (narrowed.isAny()) {
                rename(own, matching);
                placed.put(rule.content().content(), own);
            }
        }
        return placed.isEmpty() && !moved.isEmpty()
                ? "no rule that lists both backends has requests that match: correct the match's path, method or headers"
                : form.clash(bare, placed);
    }

    /** Only where the rule has a name: who serves the object may not know names. */
    private static void rename(Document own, String prefix) {
        own.content().computeIfPresent("name", (key, name) -> prefix + name);
    }

    /** @param placed as in {@link #narrowed} */
    private String kept(List<Moved.Rule> moved, StickyCookie cookie, Map<Object, Document> placed) {
        for (var rule : moved) {
            var own = rule.content().copy();
            var flaw = form.handOut(rule, cookie);
            if (flaw != null) {
                return flaw;
            }
            var narrowed = form.narrow(rule, own, cookie.match());
            if (!narrowed.isAny()) {
                return "a rule matches on the header cookie itself, and can't on the cookie of session affinity beside it:"
                        + " take that out, or leave sessionAffinity out";
            }
            rename(own, keeping);
            placed.put(rule.content().content(), own);
        }
        return null;
    }

    private String copied(List<Moved.Rule> moved) {
        for (var rule : moved) {
            var flaw = form.copyTo(rule, order.mirror());
            if (flaw != null) {
                return flaw;
            }
        }
        return null;
    }

    private static void place(List<Object> list, Map<Object, Document> matched, Map<Object, Document> kept) {
        for (int i = 0; i < list.size(); i++) {
            var rule = list.get(i);
            for (var placed : List.of(matched, kept)) {
                var own = placed.get(rule);
                if (own != null) {
                    list.add(i++, own.content());
                }
            }
        }
    }
}
