package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Routed;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The lists of backends in one object that are moved together: those of a route's rules.
 *
 * @param unfit why there is none to be moved, with what to do; null where there is
 */
record Moved(List<Rule> rules, String unfit) {

    /**
     * A part of an object that has a list of its own.
     *
     * @param name null where it has none
     * @param place by which it can be named too: from 0, unless the mesh has several lists of rules
     * @param content null where the part is no rule, but all there is
     */
    record Rule(String name, String place, Document content, Backends backends) {
        static Rule of(Backends backends) {
            return new Rule(null, null, null, backends);
        }

        static Rule of(Document rule, Backends backends) {
            return new Rule(rule.text("name"), null, rule, backends);
        }

        private Rule at(String named) {
            return new Rule(name, named, content, backends);
        }
    }

    private static List<Rule> numbered(List<Rule> rules) {
        return IntStream.range(0, rules.size())
                .mapToObj(i -> rules.get(i).at(String.valueOf(i)))
                .toList();
    }

    static Moved all(List<Rule> rules) {
        return new Moved(rules, null);
    }

    /**
     * A named rule, or without a name every rule that lists both backends; one that lists only one of them is left alone.
     *
     * @param all of them, but for those of Sluice's own ({@link OwnRules#others})
     * @param named a rule's name, or its place from 0; null for all
     * @param word what the mesh calls a rule
     */
    static Moved of(List<Rule> all, String named, WeightOrder order, String word) {
        var rules = all.stream().allMatch(rule -> rule.place() == null) ? numbered(all) : all;
        if (named == null) {
            var both =
                    rules.stream().filter(rule -> rule.backends().listsBoth()).toList();
            return both.isEmpty() ? none(rules, order, word) : all(both);
        }
        var found = rules.stream()
                .filter(rule -> named.equals(rule.name()))
                .findFirst()
                .or(() -> rules.stream()
                        .filter(rule -> named.equals(rule.place()))
                        .findFirst());
        if (found.isEmpty()) {
            return new Moved(
                    List.of(),
                    "no " + word + " is named " + named + "; there are " + names(rules) + ": name one of them");
        }
        var backends = found.get().backends();
        return backends.listsBoth()
                ? all(List.of(found.get()))
                : new Moved(
                        List.of(found.get()),
                        "the " + word + " " + named + " lists "
                                + backends.names().stream().sorted().toList() + " and not both of " + order.active()
                                + " and " + order.canary() + ": add the missing one");
    }

    /**
     * Where no rule lists the active backend any more, those that list the canary have all of its traffic, which is to be
     * seen; beside rules of the active backend they are a person's own (A/B).
     */
    private static Moved none(List<Rule> rules, WeightOrder order, String word) {
        var listed = rules.stream()
                .map(rule -> rule.backends().names().stream().sorted().toList().toString())
                .collect(Collectors.joining(", "));
        var isActiveGone =
                rules.stream().noneMatch(rule -> rule.backends().names().contains(order.active()));
        return new Moved(
                rules.stream()
                        .filter(rule -> isActiveGone && rule.backends().names().contains(order.canary()))
                        .toList(),
                "none of the object's " + word + "s lists both " + order.active() + " and " + order.canary()
                        + " (they list " + (listed.isEmpty() ? "nothing" : listed) + "): add the missing one");
    }

    private static List<String> names(List<Rule> rules) {
        return rules.stream().map(Rule::name).filter(Objects::nonNull).toList();
    }

    private List<Backends> lists() {
        return rules.stream().map(Rule::backends).toList();
    }

    void put(Weight weight) {
        lists().forEach(list -> list.put(weight));
    }

    /**
     * Of several lists one speaks for all: one that is not as ordered, if there is one; else the one that gives the canary
     * most.
     */
    Routed routed(WeightOrder order) {
        var lists = lists();
        var speaker = lists.stream()
                .filter(list -> order.weight() != null && !list.shares().isAt(order.weight()))
                .findFirst()
                .or(() -> lists.stream()
                        .max((one, other) -> one.shares()
                                .canaryPart()
                                .compareTo(other.shares().canaryPart())));
        var flaw = unfit != null
                ? unfit
                : lists.stream()
                        .map(list -> list.unfit("the object"))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        return Routed.by(
                        speaker.map(Backends::weights).orElseGet(Map::of),
                        speaker.map(Backends::unit).orElse(BigDecimal.ZERO),
                        flaw)
                .of(lists.stream()
                        .map(list -> new Routed.Part(list.weights(), list.unit()))
                        .toList());
    }
}
