package dev.sluice.bench;

/**
 * One line of {@code results.json}.
 *
 * @param reference what the value is compared with, in words
 * @param ratio the value over the reference's
 * @param aim in words; null where there is none, and then {@code met} is null too
 */
public record Row(
        String bench,
        String name,
        double value,
        String unit,
        String reference,
        double referenceValue,
        double ratio,
        String aim,
        Boolean met) {

    /** What is compared with. */
    public record Reference(String words, double value) {}

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
