package dev.sluice.engine.kafka;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What the reader of partitions needs from whoever stores their progress; all calls block. */
public interface Inbox {

    /**
     * Where to go on with a partition. May be asked any number of times.
     *
     * @param ends what the log holds now
     * @throws RuntimeException when the store can't be asked; worth another try
     */
    Place place(TopicPartition partition, String topicId, Ends ends);

    /** Works a batch off and moves the stored offset, both or neither. */
    Outcome handle(PartitionBatch batch);

    /**
     * Takes the aborts among commands that can't be read as committed yet; all come again later.
     *
     * @throws RuntimeException when the store can't be asked; worth another try
     */
    void ahead(List<ConsumerRecord<byte[], byte[]>> commands);

    /** A log's first offset and the one after its last. */
    record Ends(long beginning, long end) {}

    sealed interface Place {
        record At(long offset) implements Place {}

        /** Going on would skip or repeat records; a person has to look. */
        record Nowhere(String reason) implements Place {}
    }

    sealed interface Outcome {
        record Stored(long next) implements Outcome {}

        /** Somebody else moved the stored offset: ask for the place again. */
        record Overtaken() implements Outcome {}

        /** No record's fault: the same again, a little later. */
        record TryAgain(String reason) implements Outcome {}

        /** Its first record is of a later version of Sluice than this one: nothing of it is read until that one reads it. */
        record TooNew(String reason) implements Outcome {}
    }
}
