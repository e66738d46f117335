package dev.sluice.gate.core;

/**
 * 128 bits that stand for a sender's event id: two that are equal by accident are not to be expected in the life of any system.
 * The same from text and from the bytes of a text in ASCII.
 */
public record IdHash(long high, long low) {
    private static final long HIGH_SEED = 0x9E3779B97F4A7C15L;
    private static final long LOW_SEED = 0xC2B2AE3D27D4EB4FL;
    private static final long HIGH_FACTOR = 0x87C37B91114253D5L;
    private static final long LOW_FACTOR = 0x4CF5AD432745937FL;

    public static IdHash of(CharSequence id) {
        var high = HIGH_SEED;
        var low = LOW_SEED;
        for (int i = 0; i < id.length(); i++) {
            high = highStep(high, id.charAt(i));
            low = lowStep(low, id.charAt(i));
        }
        return new IdHash(finished(high), finished(low));
    }

    /** @param length bytes from {@code start} on, all of ASCII */
    public static IdHash of(byte[] text, int start, int length) {
        var high = HIGH_SEED;
        var low = LOW_SEED;
        for (int i = start; i < start + length; i++) {
            high = highStep(high, text[i]);
            low = lowStep(low, text[i]);
        }
        return new IdHash(finished(high), finished(low));
    }

    private static long highStep(long hash, int unit) {
        var mixed = (hash ^ unit) * HIGH_FACTOR;
        return mixed ^ (mixed >>> 29);
    }

    private static long lowStep(long hash, int unit) {
        return (Long.rotateLeft(hash, 27) ^ unit) * LOW_FACTOR + unit;
    }

    private static long finished(long hash) {
        var mixed = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }
}
