package dev.sluice.engine.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/**
 * How far each partition is worked off. The row is a guard: it moves only for whoever knows where it stands, so of two
 * engines that believe they own a partition one has no effect (B08).
 */
@ApplicationScoped
public class Consumed {
    /** @param topicId of the topic that the offset belongs to */
    public record Position(String topicId, long next) {}

    /** One step of a partition. */
    public record Advance(String topic, int partition, String topicId, long expected, long next) {}

    public Uni<Optional<Position>> find(StatelessSession session, String topic, int partition) {
        return session.createNativeQuery(
                        "select topic_id, next_offset from consumed where topic = :topic and partition = :partition",
                        Object[].class)
                .setParameter("topic", topic)
                .setParameter("partition", partition)
                .getResultList()
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new Position((String) row[0], ((Number) row[1]).longValue())));
    }

    /** Begins a partition that has no row yet; does nothing where it has one meanwhile. */
    public Uni<Integer> begin(StatelessSession session, String topic, int partition, Position at) {
        return session.createNativeQuery("""
                        insert into consumed (topic, partition, topic_id, next_offset)
                        values (:topic, :partition, :id, :next) on conflict do nothing
                        """)
                .setParameter("topic", topic)
                .setParameter("partition", partition)
                .setParameter("id", at.topicId())
                .setParameter("next", at.next())
                .executeUpdate();
    }

    /** Moves a partition elsewhere, unless somebody moved it meanwhile. */
    public Uni<Integer> replace(StatelessSession session, String topic, int partition, Position from, Position to) {
        return session.createNativeQuery("""
                        update consumed set topic_id = :newId, next_offset = :newNext
                        where topic = :topic and partition = :partition and topic_id = :id and next_offset = :next
                        """)
                .setParameter("newId", to.topicId())
                .setParameter("newNext", to.next())
                .setParameter("topic", topic)
                .setParameter("partition", partition)
                .setParameter("id", from.topicId())
                .setParameter("next", from.next())
                .executeUpdate();
    }

    /** Fails with {@link Overtaken} where the partition does not stand where the step begins. */
    public Uni<Void> advance(StatelessSession session, Advance step) {
        return replace(
                        session,
                        step.topic(),
                        step.partition(),
                        new Position(step.topicId(), step.expected()),
                        new Position(step.topicId(), step.next()))
                .invoke(moved -> {
                    if (moved == 0) {
                        throw new Overtaken(step.topic() + "/" + step.partition(), step.expected());
                    }
                })
                .replaceWithVoid();
    }
}
