package dev.sluice.schemas.wire;

import dev.sluice.schemas.message.WeightOrder;

/**
 * In which form a message is written. One that an earlier version must not read gets a higher number than that one knows, and is
 * left to a later version (B42): {@code sluiceformat}, a CloudEvents extension attribute.
 */
final class Forms {
    /** Of all messages but those below. */
    private static final int FIRST = 1;

    /** Who doesn't know that an order only observes would take it for one to carry out. */
    private static final int OBSERVING = 2;

    private Forms() {}

    static int of(Object message) {
        return message instanceof WeightOrder order && order.observe() ? OBSERVING : FIRST;
    }

    /** The highest that this version writes of a message, and reads. */
    static int newest(MessageType<?> type) {
        return type.equals(MessageType.WEIGHT_ORDER) ? OBSERVING : FIRST;
    }
}
