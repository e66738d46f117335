package dev.sluice.applier.mesh;

import dev.sluice.applier.core.Shares;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A list of weighted backends, to be read and written: the order's two and whatever else is listed. A backend that stands
 * there more than once carries its weight in its first entry and 0 in the others.
 */
final class Backends {
    private static final BigDecimal EXACT = BigDecimal.ZERO;

    private final List<Document> entries;
    private final String active;
    private final String canary;
    private final Form form;

    /** How an entry of the list is read and written. */
    interface Form {
        /** Null where it is something else than a backend, and stays as it is. */
        String backend(Document entry);

        /** As the mesh takes it, an absent one included; null where it is no number. */
        BigDecimal weight(Document entry);

        void put(Document entry, Number weight);

        /** What stands where the weight belongs. */
        default Object written(Document entry) {
            return entry.at("weight");
        }

        /** The largest number that an entry takes where only shares count: 32 bits, unless a mesh takes less. */
        default BigInteger most() {
            return BigInteger.valueOf(Integer.MAX_VALUE);
        }

        /** What all weights of a list have to add up to; null where only shares count. */
        default BigDecimal total() {
            return null;
        }

        /** The smallest difference between two weights where they have a total. */
        default BigDecimal unit() {
            return BigDecimal.ONE;
        }

        /** Whether a backend that isn't listed is added. */
        default boolean adds() {
            return false;
        }

        /** An entry for a backend that isn't listed, added to the list; null where none is added. */
        default Document add(String backend) {
            return null;
        }
    }

    Backends(List<Document> entries, WeightOrder order, Form form) {
        this.entries =
                entries.stream().filter(entry -> form.backend(entry) != null).toList();
        this.active = order.active();
        this.canary = order.canary();
        this.form = form;
    }

    boolean listsBoth() {
        return names().containsAll(Set.of(active, canary));
    }

    Set<String> names() {
        return entries.stream().map(form::backend).collect(Collectors.toSet());
    }

    /** A backend's several entries are added up. */
    Map<String, BigDecimal> weights() {
        var weights = new HashMap<String, BigDecimal>();
        entries.forEach(entry -> weights.merge(form.backend(entry), weight(entry), BigDecimal::add));
        return weights;
    }

    /**
     * 0 where every share can be exact; also where the two have another sum than is written, for what a hand wrote there is
     * no share that had to be rounded.
     */
    BigDecimal unit() {
        return form.total() != null && pair().compareTo(both()) == 0 ? form.unit() : EXACT;
    }

    private BigDecimal pair() {
        return entries.stream().filter(this::isPair).map(this::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What the two divide: what others leave of the total, or what they had where it isn't used up. */
    private BigDecimal both() {
        var theirs = others().stream().map(this::weight).reduce(BigDecimal.ZERO, BigDecimal::add);
        var left = form.total().subtract(theirs).max(BigDecimal.ZERO);
        var pair = pair();
        return others().isEmpty() || pair.signum() == 0 || pair.compareTo(left) > 0 ? left : pair;
    }

    private List<Document> others() {
        return entries.stream()
                .filter(entry -> !isPair(entry) && weight(entry).signum() > 0)
                .toList();
    }

    Shares shares() {
        var weights = weights();
        return new Shares(
                weights.getOrDefault(active, BigDecimal.ZERO), weights.getOrDefault(canary, BigDecimal.ZERO), unit());
    }

    /**
     * Why it can't carry a route, with what to do; null where it can.
     *
     * @param what it stands in, for people
     */
    String unfit(String what) {
        var carrying = new HashSet<String>();
        for (var entry : entries) {
            var backend = form.backend(entry);
            var weight = form.weight(entry);
            if (weight == null) {
                return what + "'s weight " + form.written(entry) + " of " + backend + " is no quantity: write a number";
            }
            if (weight.signum() > 0 && !carrying.add(backend)) {
                return what + " lists " + backend + " twice, each with a weight: list each backend once";
            }
        }
        return null;
    }

    /** The canary gets this percentage of what the two have together; the others keep their share of everything. */
    void put(Weight weight) {
        if (leavesNobody(weight)) {
            return;
        }
        var others = others();
        var pair = pair();
        if (form.total() != null) {
            var both = both();
            var part = Shares.part(both, weight, form.unit());
            put(both.subtract(part), part);
        } else if (pair.signum() == 0 && !others.isEmpty()) {
            put(BigDecimal.ZERO, BigDecimal.ZERO);
        } else {
            var shares = others.stream().map(this::weight).toList();
            var numbers = others.isEmpty()
                    ? WholeNumbers.of(weight)
                    : WholeNumbers.of(weight, pair, shares).within(form.most());
            put(new BigDecimal(numbers.active()), new BigDecimal(numbers.canary()));
            for (int i = 0; i < others.size(); i++) {
                form.put(others.get(i), plain(new BigDecimal(numbers.others().get(i))));
            }
        }
    }

    /** Somebody took the active backend out: without the canary nobody would be served, and that is for people to mend. */
    private boolean leavesNobody(Weight weight) {
        return weight.isZero()
                && !form.adds()
                && !names().contains(active)
                && entries.stream()
                        .allMatch(entry -> isPair(entry) || weight(entry).signum() == 0);
    }

    private void put(BigDecimal activeWeight, BigDecimal canaryWeight) {
        set(active, activeWeight);
        set(canary, canaryWeight);
    }

    private boolean isPair(Document entry) {
        var backend = form.backend(entry);
        return active.equals(backend) || canary.equals(backend);
    }

    private BigDecimal weight(Document entry) {
        return Objects.requireNonNullElse(form.weight(entry), BigDecimal.ZERO);
    }

    private void set(String backend, BigDecimal weight) {
        var mine = entries.stream()
                .filter(entry -> backend.equals(form.backend(entry)))
                .toList();
        if (mine.isEmpty()) {
            var added = form.add(backend);
            mine = added == null ? List.of() : List.of(added);
        }
        for (int i = 0; i < mine.size(); i++) {
            form.put(mine.get(i), plain(i == 0 ? weight : BigDecimal.ZERO));
        }
    }

    /** As the client's mapper reads it: equality of documents tells an int from a long, and both from a big integer. */
    private static Number plain(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        if (stripped.scale() > 0) {
            return stripped.doubleValue();
        }
        var whole = stripped.toBigIntegerExact();
        if (whole.bitLength() < Integer.SIZE) {
            return whole.intValueExact();
        }
        return whole.bitLength() < Long.SIZE ? (Number) whole.longValueExact() : whole;
    }
}
