package dev.sluice.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The tokens of a file, by their SHA-256. A token is 256 random bits: there is nothing to guess, and nothing that salt or a slow hash
 * would protect; those are for what people can remember.
 */
final class Tokens {
    static final Tokens NONE = new Tokens(List.of());
    /** What is shorter was thought up by somebody, and can be guessed from its hash. */
    private static final int SHORTEST = 32;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");

    private final List<Entry> entries;

    private Tokens(List<Entry> entries) {
        this.entries = entries;
    }

    record Written(List<WrittenToken> tokens) {
        Written {
            if (tokens == null) {
                throw new IllegalArgumentException("there is no list of `tokens`");
            }
        }
    }

    record WrittenToken(String name, String sha256, List<String> groups, String expires) {
        WrittenToken {
            if (name == null || name.isBlank()) {
                throw new IllegalArgumentException("a token has a `name`");
            }
            if (sha256 == null || !SHA256.matcher(sha256).matches()) {
                throw new IllegalArgumentException("`sha256` of " + name
                        + " is no SHA-256 in 64 hexadecimal digits: printf %s \"$token\" | sha256sum");
            }
        }

        Entry entry() {
            var who = new Identity(name, groups == null ? Set.of() : Set.copyOf(groups));
            return new Entry(who, sha256.toLowerCase(Locale.ROOT), until());
        }

        private Instant until() {
            try {
                return expires == null
                        ? Instant.MAX
                        : OffsetDateTime.parse(expires).toInstant();
            } catch (DateTimeException e) {
                throw new IllegalArgumentException(
                        "`expires` of " + name + " is no time such as 2027-06-30T00:00:00Z: " + expires, e);
            }
        }
    }

    /** @param hash in lower-case hexadecimal digits */
    record Entry(Identity who, String hash, Instant until) {}

    static Tokens read(String text) throws Unreadable {
        try {
            return new Tokens(Yaml.read(text, Written.class).tokens().stream()
                    .map(WrittenToken::entry)
                    .toList());
        } catch (IllegalArgumentException e) {
            throw new Unreadable(e.getMessage());
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    sealed interface Found {
        record Known(Identity who) implements Found {}

        record Expired(Instant at) implements Found {}
    }

    /** Looks at all of them whichever it is, each for as long: how long it takes says nothing about any. */
    Optional<Found> find(String token, Instant now) {
        if (token.length() < SHORTEST) {
            return Optional.empty();
        }
        var hash = HexFormat.of().formatHex(sha256(token));
        Entry found = null;
        for (var entry : entries) {
            if (MessageDigest.isEqual(hash.getBytes(US_ASCII), entry.hash().getBytes(US_ASCII))) {
                found = entry;
            }
        }
        if (found == null) {
            return Optional.empty();
        }
        return Optional.of(
                now.isBefore(found.until()) ? new Found.Known(found.who()) : new Found.Expired(found.until()));
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
