package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Annotations;
import dev.sluice.applier.core.Routed;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What goes to the canary beside its weight, in an object of rules: before each rule that a route moves one of Sluice's own,
 * like it but for the requests that match, and on each of them a mirror.
 *
 * <p>What is Sluice's is taken out first, and whatever is to be read, moved or put in is done on the rest: so it is never
 * counted among the rules that are moved, follows them when a person changes them, and leaves no trace. An object is as
 * ordered where taking out and putting in again gives the same object.
 */
final class OwnRules {
    private static final String PREFIX = "sluice-match-";
    /** Something of Sluice's, but not what is ordered: neither is an order's, since it has no condition, or no share. */
    private static final Match OTHER_MATCH = new Match(null, null, null, null, null, null);

    private static final Mirror OTHER_MIRROR = new Mirror(BigDecimal.ZERO);

    private final RuleForm form;
    private final WeightOrder order;
    private final String prefix;

    OwnRules(RuleForm form, WeightOrder order) {
        this.form = form;
        this.order = order;
        var key = Annotations.fenceKey(order.route());
        this.prefix = PREFIX + key.substring(key.lastIndexOf('-') + 1) + "-";
    }

    /** Whether a rule of this name is one of Sluice's, of whichever route. */
    static boolean isOwn(String name) {
        return name != null && name.startsWith(PREFIX);
    }

    Routed read(Document object) {
        if (order.match() == null && order.mirror() == null && isUntouched(object)) {
            return form.moved(object).routed(order);
        }
        var memory = remembered(object);
        var bare = without(object);
        var routed = form.moved(bare).routed(order);
        var wanted = bare.copy();
        var flaw = put(wanted, memory);
        var isAsOrdered = flaw == null && wanted.equals(object);
        var match =
                hasRules(object, memory) ? isAsOrdered && order.match() != null ? order.match() : OTHER_MATCH : null;
        var mirror =
                memory.mirror() == null ? null : isAsOrdered && order.mirror() != null ? order.mirror() : OTHER_MIRROR;
        return routed.beside(match, mirror, flaw);
    }

    /** The object at a weight, and beside it what is ordered, as far as that can be. */
    Document planned(Document object, Weight weight) {
        var memory = remembered(object);
        var bare = without(object);
        form.moved(bare).put(weight);
        var planned = bare.copy();
        if (put(planned, memory) == null) {
            return planned;
        }
        // what can't be carried is not left standing either
        if (isShareLost(memory)) {
            new OwnMemory(List.of(), List.of(), OwnMemory.DROPPED).put(bare, order.route());
        }
        return bare;
    }

    /** As written, unless the object shows that the API server did not keep all of it. */
    private OwnMemory remembered(Document object) {
        var memory = OwnMemory.of(object, order.route());
        var isLost = memory.copiesSome()
                && form.moved(withoutRules(object, memory)).rules().stream()
                        .anyMatch(rule -> form.copiesAll(rule.content()));
        return isLost ? new OwnMemory(memory.ours(), memory.theirs(), OwnMemory.DROPPED) : memory;
    }

    private boolean isShareLost(OwnMemory memory) {
        return OwnMemory.DROPPED.equals(memory.mirror())
                && order.mirror() != null
                && order.mirror().percentage().compareTo(Weight.FULL.percent()) < 0;
    }

    private boolean isUntouched(Document object) {
        return OwnMemory.of(object, order.route()).equals(OwnMemory.NOTHING)
                && named(object).isEmpty();
    }

    private boolean hasRules(Document object, OwnMemory memory) {
        return !memory.ours().isEmpty() || !named(object).isEmpty();
    }

    // --- taking out

    private Document without(Document object) {
        var memory = OwnMemory.of(object, order.route());
        var bare = withoutRules(object, memory);
        if (memory.mirror() != null) {
            var moved = form.moved(bare).rules();
            (moved.isEmpty() ? rules(bare) : moved.stream().map(Moved.Rule::content)).forEach(form::uncopy);
        }
        OwnMemory.remove(bare, order.route());
        return bare;
    }

    private Document withoutRules(Document object, OwnMemory memory) {
        var bare = object.copy();
        remove(bare, named(bare));
        var unnamed = unnamed(bare, memory);
        remove(bare, unnamed);
        remove(bare, edited(bare, memory, memory.ours().size() - unnamed.size()));
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

    private Set<Object> named(Document object) {
        return these(rules(object)
                .filter(rule -> rule.text("name") != null && rule.text("name").startsWith(prefix)));
    }

    /** Should a person have the same rule, those in an own one's place, right before those that are moved; else the last ones. */
    private Set<Object> unnamed(Document object, OwnMemory memory) {
        if (memory.ours().isEmpty()) {
            return Set.of();
        }
        var left = new ArrayList<>(memory.ours());
        var all = rules(object).collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(all);
        var found = these(Stream.empty());
        Stream.concat(inPlace(object), all.stream())
                .filter(rule -> !found.contains(rule.content()) && left.remove(OwnMemory.print(rule.content())))
                .forEach(rule -> found.add(rule.content()));
        return found;
    }

    /** A hand changed it: what stands in its place, is the canary's alone, and was no person's before. */
    private Set<Object> edited(Document object, OwnMemory memory, int missing) {
        return missing <= 0
                ? Set.of()
                : these(inPlace(object).filter(rule -> isNobodys(rule, memory)).limit(missing));
    }

    private Stream<Document> inPlace(Document object) {
        var moved = these(form.moved(object).rules().stream().map(Moved.Rule::content));
        return form.lists(object).stream()
                .flatMap(list -> IntStream.range(1, list.size())
                        .filter(i -> moved.contains(list.get(i)))
                        .mapToObj(i -> list.get(i - 1)))
                .flatMap(OwnRules::rule);
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
    private String put(Document bare, OwnMemory memory) {
        if (order.match() == null && order.mirror() == null) {
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
        var placed = new IdentityHashMap<Object, Document>();
        if (order.match() != null) {
            var flaw = narrowed(bare, moved, placed);
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
        form.lists(bare).forEach(list -> place(list, placed));
        var ours = moved.stream()
                .map(rule -> placed.get(rule.content().content()))
                .filter(own -> own != null && own.text("name") == null)
                .map(own -> OwnMemory.print(own.content()))
                .toList();
        var share = order.mirror() == null ? null : order.mirror().percentage().toPlainString();
        new OwnMemory(ours, theirs, share).put(bare, order.route());
        return form.tooMany(bare);
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
                // only where the rule has one: who serves the object may not know names
                own.content().computeIfPresent("name", (key, name) -> prefix + name);
                placed.put(rule.content().content(), own);
            }
        }
        return placed.isEmpty() && !moved.isEmpty()
                ? "no rule that lists both backends has requests that match: correct the match's path, method or headers"
                : form.clash(bare, placed);
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

    private static void place(List<Object> list, Map<Object, Document> placed) {
        for (int i = 0; i < list.size(); i++) {
            var own = placed.get(list.get(i));
            if (own != null) {
                list.add(i++, own.content());
            }
        }
    }
}
