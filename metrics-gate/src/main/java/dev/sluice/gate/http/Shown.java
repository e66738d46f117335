package dev.sluice.gate.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The secret that a request shows. */
final class Shown {
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private Shown() {}

    /**
     * A header's bearer token or password; without a header what stands in the URL, for senders that can't set any.
     *
     * @return null where there is none
     */
    static String in(String authorization, String query) {
        if (authorization == null) {
            return query;
        }
        if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authorization.substring(BEARER.length()).strip();
        }
        return authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())
                ? password(authorization.substring(BASIC.length()).strip())
                : null;
    }

    private static String password(String encoded) {
        try {
            var userAndPassword = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            var colon = userAndPassword.indexOf(':');
            return colon < 0 ? null : userAndPassword.substring(colon + 1);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
