package dev.sluice.engine.kafka;

/** Going on with a partition would skip or repeat records: the engine stops reading and says that it isn't ready. */
final class PartitionStuck extends RuntimeException {
    private static final long serialVersionUID = 1;

    PartitionStuck(String reason) {
        super(reason);
    }
}
