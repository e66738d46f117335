package dev.sluice.applier.mesh;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Function;

/**
 * Entries that keep their weight as a whole number under the key {@code weight}.
 *
 * @param name of an entry's backend; null where the entry is something else
 * @param absent what the mesh takes a missing weight for
 * @param isEven whether no entry has any weight, and the mesh takes that for equal ones
 */
record WeightKey(Function<Document, String> name, int absent, boolean isEven, BigInteger most)
        implements Backends.Form {
    WeightKey(Function<Document, String> name, int absent) {
        this(name, absent, false);
    }

    WeightKey(Function<Document, String> name, int absent, boolean isEven) {
        this(name, absent, isEven, BigInteger.valueOf(Integer.MAX_VALUE));
    }

    /** With numbers up to this one. */
    WeightKey upTo(int largest) {
        return new WeightKey(name, absent, isEven, BigInteger.valueOf(largest));
    }

    @Override
    public String backend(Document entry) {
        return name.apply(entry);
    }

    @Override
    public BigDecimal weight(Document entry) {
        if (isEven) {
            return BigDecimal.ONE;
        }
        var written = written(entry);
        return written == null
                ? BigDecimal.valueOf(absent)
                : Quantity.read(written).orElse(null);
    }

    @Override
    public void put(Document entry, Number weight) {
        entry.content().put("weight", weight);
    }
}
