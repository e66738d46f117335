package dev.sluice.access;

import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.TenantIdentityProvider;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Whom a bearer token proves: a JWT by an OpenID provider's keys, anything else by the file of tokens. */
@ApplicationScoped
class Proofs {
    private static final Logger LOG = Logger.getLogger(Proofs.class);
    private static final int LONGEST = 16 << 10;
    private static final String CONFIGURE =
            "Name a file of tokens in sluice.access.tokens, or an OpenID provider in quarkus.oidc.auth-server-url with"
                    + " quarkus.oidc.tenant-enabled=true (docs/access.md)";

    private final AccessFiles files;
    private final TenantIdentityProvider provider;
    private final boolean hasProvider;
    private final Clock clock = Clock.systemUTC();

    Proofs(
            AccessFiles files,
            TenantIdentityProvider provider,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled") boolean hasProvider) {
        this.files = files;
        this.provider = provider;
        this.hasProvider = hasProvider;
    }

    boolean isConfigured() {
        return hasProvider || files.hasTokens();
    }

    /** To who comes without a token. */
    Refusal none() {
        return isConfigured()
                ? Refusal.unknown("The request has no token", "Send one: Authorization: Bearer <token>")
                : Refusal.unknown("Nobody can prove who they are here, so nobody is let in", CONFIGURE);
    }

    /** Fails with {@link Unproven} where it proves nothing. */
    Uni<Identity> of(String token) {
        if (!isConfigured()) {
            return Uni.createFrom().failure(new Unproven(none()));
        }
        if (token.length() > LONGEST) {
            return unproven("The token has more than " + LONGEST + " characters");
        }
        var proof = isJwt(token) ? byProvider(token) : byFile(token);
        return proof.onItem().transformToUni(identity -> {
            var tooMuch = identity.tooMuch();
            return tooMuch == null ? Uni.createFrom().item(identity) : unproven(tooMuch);
        });
    }

    private static boolean isJwt(String token) {
        return token.chars().filter(one -> one == '.').count() == 2;
    }

    private Uni<Identity> byFile(String token) {
        var found = files.tokens().find(token, clock.instant());
        return found.isEmpty()
                ? unproven("The token is not known here")
                : switch (found.get()) {
                    case Tokens.Found.Known(var who) -> Uni.createFrom().item(who);
                    case Tokens.Found.Expired(var at) -> unproven("The token was good until " + at);
                };
    }

    private Uni<Identity> byProvider(String token) {
        if (!hasProvider) {
            return unproven("The token is a JWT, and no OpenID provider is configured");
        }
        return provider.authenticate(new AccessTokenCredential(token))
                .map(identity -> new Identity(identity.getPrincipal().getName(), identity.getRoles()))
                .onFailure()
                .transform(Proofs::failed);
    }

    private static Throwable failed(Throwable e) {
        if (e instanceof AuthenticationFailedException) {
            LOG.debugf(e, "A token was refused");
            return new Unproven(Refusal.unknown(
                    "The token is not one of the OpenID provider's for Sluice, or no longer: " + words(e),
                    "Get a new one, made for the audience of quarkus.oidc.token.audience"));
        }
        LOG.warnf(e, "The OpenID provider cannot be asked");
        return new Unproven(Refusal.later("The OpenID provider cannot be asked whether the token is good"));
    }

    /** What is wrong with it, where the provider's library says so; never the token itself. */
    private static String words(Throwable e) {
        return Optional.ofNullable(e.getCause())
                .map(Throwable::getMessage)
                .map(said -> said.contains("expire") ? "it has expired" : "it cannot be verified")
                .orElse("it cannot be verified");
    }

    private static <T> Uni<T> unproven(String words) {
        return Uni.createFrom()
                .failure(new Unproven(
                        Refusal.unknown(words, "Send a token that counts: Authorization: Bearer <token>")));
    }
}
