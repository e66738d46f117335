package dev.sluice.applier.mesh;

import java.math.BigDecimal;

/** Entries whose weights have to add up to a total. */
record Totalled(Backends.Form entries, BigDecimal total, BigDecimal unit) implements Backends.Form {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** Whole numbers that make a hundred. */
    static Totalled percents(Backends.Form entries) {
        return new Totalled(entries, HUNDRED, BigDecimal.ONE);
    }

    @Override
    public String backend(Document entry) {
        return entries.backend(entry);
    }

    @Override
    public BigDecimal weight(Document entry) {
        return entries.weight(entry);
    }

    @Override
    public void put(Document entry, Number weight) {
        entries.put(entry, weight);
    }

    @Override
    public Object written(Document entry) {
        return entries.written(entry);
    }
}
