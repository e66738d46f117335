package dev.sluice.gate.source.http;

import dev.sluice.gate.config.ProvidersConfig.Auth;
import dev.sluice.gate.source.Unanswered;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** What makes a server take a request: adds headers to it. */
interface Authorization {
    String HEADER = "Authorization";

    /** @param headers those that the request has already; those of the authorization are put in */
    void authorize(Call call, Map<String, String> headers) throws Unanswered;

    /** @throws IllegalArgumentException says which setting is missing or wrong */
    static Authorization of(Auth auth) {
        return switch (auth.type()) {
            case "none" -> (call, headers) -> {};
            case "bearer" -> bearer(SecretValue.of(auth.token(), "auth.token"));
            case "basic" ->
                basic(
                        auth.user().orElseThrow(() -> new IllegalArgumentException("auth.user is missing")),
                        SecretValue.of(auth.password(), "auth.password"));
            case "aws" -> AwsSignature.of(auth.aws());
            default ->
                throw new IllegalArgumentException("auth.type " + auth.type() + " is none of none, bearer, basic, aws");
        };
    }

    private static Authorization bearer(SecretValue token) {
        return (call, headers) -> headers.put(HEADER, "Bearer " + token.now());
    }

    private static Authorization basic(String user, SecretValue password) {
        return (call, headers) -> {
            var both = (user + ":" + password.now()).getBytes(StandardCharsets.UTF_8);
            headers.put(HEADER, "Basic " + Base64.getEncoder().encodeToString(both));
        };
    }
}
