package dev.sluice.engine.postgres;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.hibernate.reactive.mutiny.Mutiny.StatelessSession;

/**
 * Messages on their way out. Which are unsent is told by their being there, never by the highest id seen: ids of
 * transactions that commit later can be lower.
 */
@ApplicationScoped
public class Outbox {
    public record Row(long id, ProducerRecord<byte[], byte[]> record) {}

    /** @param age of the oldest unsent message */
    public record Depth(long unsent, Duration age, long refused) {}

    /**
     * The oldest unsent rows of a lane in the order of their ids, which for each key is the order of their transactions.
     *
     * @param topic of orders
     * @param isOfOrders of this topic, or of all others
     * @param avoid topics to leave out
     */
    public Uni<List<Row>> unsent(
            StatelessSession session, String topic, boolean isOfOrders, Collection<String> avoid, int most) {
        return session.createNativeQuery("""
                        select id, topic, encode(key, 'base64'), encode(value, 'base64'), cast(headers as text)
                        from outbox where refused is null and topic %s :topic and not topic = any(array(
                            select jsonb_array_elements_text(cast(cast(:avoid as text) as jsonb))))
                        order by id limit :most
                        """.formatted(isOfOrders ? "=" : "<>"), Object[].class)
                .setParameter("topic", topic)
                .setParameter("avoid", Sql.json(avoid))
                .setParameter("most", most)
                .getResultList()
                .map(rows -> rows.stream().map(Outbox::row).toList());
    }

    /** As it was stored by this instance, without asking for it again. */
    public static Row row(long id, Changes.Message message) {
        var headers = new RecordHeaders();
        message.headers().forEach(header -> headers.add(header.name(), bytes(header.value())));
        return new Row(
                id,
                new ProducerRecord<>(
                        message.topic(), null, null, bytes(message.key()), bytes(message.value()), headers));
    }

    /** The highest id given so far: rows that were ever there have it or a lower one. */
    public Uni<Long> lastId(StatelessSession session) {
        return session.createNativeQuery(
                        "select coalesce(pg_sequence_last_value(cast(pg_get_serial_sequence('outbox', 'id') as regclass)), 0)",
                        Long.class)
                .getSingleResult();
    }

    private static Row row(Object[] columns) {
        var headers = new RecordHeaders();
        for (var header : Sql.read((String) columns[4], Changes.Header[].class)) {
            headers.add(header.name(), bytes(header.value()));
        }
        var key = bytes((String) columns[2]);
        var value = bytes((String) columns[3]);
        return new Row(number(columns[0]), new ProducerRecord<>((String) columns[1], null, null, key, value, headers));
    }

    private static byte[] bytes(String base64) {
        // PostgreSQL breaks the lines of what it encodes
        return base64 == null ? null : Base64.getMimeDecoder().decode(base64);
    }

    /**
     * Does not wait for the disk: whatever commits durably later takes this along, and what a crash of the database brings
     * back is the end of the list, sent once more in the same order.
     */
    public Uni<Integer> delete(StatelessSession session, Collection<Long> ids) {
        return session.createNativeQuery("""
                        delete from outbox where (select set_config('synchronous_commit', 'off', true)) = 'off' and id in
                        (select cast(i as bigint) from jsonb_array_elements_text(cast(cast(:ids as text) as jsonb)) as i)
                        """).setParameter("ids", Sql.json(ids)).executeUpdate();
    }

    /** Sets a row aside that can never be sent as it is, so that the rest can go on. */
    public Uni<Integer> refuse(StatelessSession session, long id, String reason) {
        return session.createNativeQuery("update outbox set refused = :reason where id = :id")
                .setParameter("reason", reason)
                .setParameter("id", id)
                .executeUpdate();
    }

    public Uni<Depth> depth(StatelessSession session) {
        return session.createNativeQuery("""
                        select count(*) filter (where refused is null),
                               coalesce(cast(extract(epoch from now() - min(created_at) filter (where refused is null)) * 1000 as bigint), 0),
                               count(*) filter (where refused is not null)
                        from outbox
                        """, Object[].class)
                .getSingleResult()
                .map(row -> new Depth(number(row[0]), Duration.ofMillis(number(row[1])), number(row[2])));
    }

    private static long number(Object column) {
        return ((Number) column).longValue();
    }
}
