package dev.sluice.bench;

/**
 * One line of {@code results.json}.
 *
 * @param reference what the value is compared with, in words; null for a value that stands alone, and then neither
 *     {@code referenceValue} nor {@code ratio} is there
 * @param ratio the value over the reference's
 * @param aim in words; null where there is none, and then {@code met} is null too
 */
public record Row(
        String bench,
        String name,
        double value,
        String unit,
        String reference,
        Double referenceValue,
        Double ratio,
        String aim,
        Boolean met) {

    /** What is compared with. */
    public record Reference(String words, double value) {}

    /**
     * A value that is compared with nothing.
     *
     * @param aim null for a value that is only told
     */
    public static Row alone(String bench, String name, double value, String unit, Aim aim) {
        return new Row(
                bench,
                name,
                value,
                unit,
                null,
                null,
                null,
                aim == null ? null : aim.words(),
                aim == null ? null : aim.isMet(value, Double.NaN));
    }

    /** @param aim null for a value that is only told */
    public static Row of(String bench, String name, double value, String unit, Reference reference, Aim aim) {
        return new Row(
                bench,
                name,
                value,
                unit,
                reference.words(),
                reference.value(),
                value / reference.value(),
                aim == null ? null : aim.words(),
                aim == null ? null : aim.isMet(value, reference.value()));
    }
}
