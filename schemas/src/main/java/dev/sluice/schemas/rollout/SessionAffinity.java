package dev.sluice.schemas.rollout;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Clients that the canary has served once stay with it, by a cookie, while it has some of the traffic and not all of it. The
 * rollout file's {@code sessionAffinity}.
 *
 * @param cookie the cookie's name, a token of <a href="https://www.rfc-editor.org/rfc/rfc6265#section-4.1.1">RFC 6265</a>
 * @param maxAge how long a client stays at most, at least a second; parts of a second don't count
 */
public record SessionAffinity(String cookie, Duration maxAge) {
    public static final Duration A_DAY = Duration.ofDays(1);

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    /** Browsers take such cookies only with attributes that this one hasn't. */
    private static final Pattern RESERVED = Pattern.compile("(?i)__(host|secure)-.*");

    /** Whether browsers take a cookie of that name. */
    public boolean isNamed() {
        return cookie != null
                && TOKEN.matcher(cookie).matches()
                && !RESERVED.matcher(cookie).matches();
    }

    public boolean lasts() {
        return maxAge != null && maxAge.toSeconds() > 0;
    }
}
