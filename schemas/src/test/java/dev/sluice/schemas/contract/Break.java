package dev.sluice.schemas.contract;

/**
 * A difference from what was released that somebody out there would notice.
 *
 * @param at where, as a path through the document
 * @param words what was there, and what is now
 */
record Break(String at, String words) {
    @Override
    public String toString() {
        return at + ": " + words;
    }
}
