package dev.sluice.applier.core;

/**
 * What a mesh itself says of an object as it was written last. Where nobody says anything there is none: null.
 *
 * @param reason the mesh's own words, where it says no; else null
 */
public record Confirmation(Answer answer, String reason) {
    public static final Confirmation GIVEN = new Confirmation(Answer.YES, null);
    public static final Confirmation AWAITED = new Confirmation(Answer.NOT_YET, null);

    public enum Answer {
        YES,
        /** It has not looked at this version, or not all who have to agree do. */
        NOT_YET,
        NO
    }

    public static Confirmation denied(String reason) {
        return new Confirmation(Answer.NO, reason);
    }

    boolean isGiven() {
        return answer == Answer.YES;
    }
}
