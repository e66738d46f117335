package dev.sluice.engine.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * Says that the engine's own HTTP entrance let a command through: an HMAC-SHA256 over its topic, when it was sealed, what its sender may,
 * and all of its value. Nobody else has the key, so that writing to the topic is not enough to be somebody (ADR 0080).
 */
public final class Seal {
    private static final String SEAL = "sluice-seal";
    private static final String SEALED_AT = "sluice-sealed-at";
    private static final String ROLES = "sluice-sender-roles";
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] FORM = "sluice command 1".getBytes(UTF_8);
    /** A copy that somebody writes later is no command of that sender; by then its id may have been forgotten. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Seal() {}

    /** @param roles what its sender may there, as the entrance has found it */
    static void put(ProducerRecord<byte[], byte[]> record, String roles, Instant now, byte[] key) {
        var at = now.toString();
        var seal = seal(key, record.topic(), at, roles, record.value());
        record.headers()
                .add(SEALED_AT, at.getBytes(UTF_8))
                .add(ROLES, roles.getBytes(UTF_8))
                .add(SEAL, HexFormat.of().formatHex(seal).getBytes(UTF_8));
    }

    public static boolean isClaimed(ConsumerRecord<byte[], byte[]> record) {
        return record.headers().lastHeader(SEAL) != null;
    }

    /**
     * @param appendedAt by the broker's clock
     * @return what its sender may; empty where nobody has sealed it, or somebody else, or long before
     */
    public static Optional<String> roles(ConsumerRecord<byte[], byte[]> record, Instant appendedAt, byte[] key) {
        var seal = text(record.headers(), SEAL);
        var at = text(record.headers(), SEALED_AT);
        var roles = text(record.headers(), ROLES);
        if (seal == null || at == null || roles == null || !isSoonAfter(at, appendedAt)) {
            return Optional.empty();
        }
        var expected = HexFormat.of().formatHex(seal(key, record.topic(), at, roles, record.value()));
        return MessageDigest.isEqual(expected.getBytes(UTF_8), seal.getBytes(UTF_8))
                ? Optional.of(roles)
                : Optional.empty();
    }

    /** Either way, for the clocks of an engine and of a broker are two. */
    private static boolean isSoonAfter(String sealedAt, Instant appendedAt) {
        try {
            return Duration.between(Instant.parse(sealedAt), appendedAt).abs().compareTo(LONGEST) <= 0;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static String text(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
    }

    private static byte[] seal(byte[] key, String topic, String at, String roles, byte[] value) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            for (var part : Arrays.asList(FORM, topic.getBytes(UTF_8), at.getBytes(UTF_8), roles.getBytes(UTF_8))) {
                // each with its length, so that no two parts are the same as two others
                mac.update((part.length + ":").getBytes(UTF_8));
                mac.update(part);
            }
            return mac.doFinal(value == null ? new byte[0] : value);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
