package dev.sluice.applier.mesh;

import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.WeightOrder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A split's {@code spec.backends}, to be written: the order's two and whatever else is listed. A backend that stands
 * there more than once carries its weight in its first entry and 0 in the others.
 */
record Backends(Document split, String active, String canary, List<Document> others) {
    static Backends of(Document split, WeightOrder order) {
        var others = entries(split).stream()
                .filter(entry -> !order.active().equals(entry.text("service"))
                        && !order.canary().equals(entry.text("service")))
                .toList();
        return new Backends(split, order.active(), order.canary(), others);
    }

    private static List<Document> entries(Document split) {
        return split.list("spec", "backends");
    }

    /** The canary gets this percentage of what the two have together; the others keep their share of everything. */
    void put(Weight weight) {
        var shares = others.stream().map(Backends::weight).toList();
        var pair = pair();
        var othersHaveAny = shares.stream().anyMatch(share -> share.signum() > 0);
        if (pair.signum() == 0 && othersHaveAny) {
            set(active, BigInteger.ZERO);
            set(canary, BigInteger.ZERO);
            return;
        }
        var numbers = othersHaveAny ? WholeNumbers.of(weight, pair, shares) : WholeNumbers.of(weight);
        set(active, numbers.active());
        set(canary, numbers.canary());
        for (int i = 0; othersHaveAny && i < others.size(); i++) {
            if (shares.get(i).signum() > 0) {
                others.get(i).content().put("weight", plain(numbers.others().get(i)));
            }
        }
    }

    private BigDecimal pair() {
        return entries(split).stream()
                .filter(entry -> active.equals(entry.text("service")) || canary.equals(entry.text("service")))
                .map(Backends::weight)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal weight(Document entry) {
        return Quantity.read(entry.at("weight")).orElse(BigDecimal.ZERO);
    }

    private void set(String service, BigInteger weight) {
        var mine = new ArrayList<>(entries(split).stream()
                .filter(entry -> service.equals(entry.text("service")))
                .toList());
        if (mine.isEmpty()) {
            var added = new LinkedHashMap<String, Object>();
            added.put("service", service);
            split.append(added, "spec", "backends");
            mine.add(new Document(added));
        }
        for (int i = 0; i < mine.size(); i++) {
            mine.get(i).content().put("weight", i == 0 ? plain(weight) : 0);
        }
    }

    /** The client's mapper and kubectl write an int and a big integer alike; equality of documents does not. */
    private static Number plain(BigInteger number) {
        return number.bitLength() < Integer.SIZE ? (Number) number.intValueExact() : number;
    }
}
