package dev.sluice.engine.shell;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.core.told.WebhookCall;
import dev.sluice.engine.postgres.Callbacks;
import dev.sluice.engine.postgres.Changes;
import dev.sluice.engine.postgres.Database;
import dev.sluice.engine.webhook.Callback;
import dev.sluice.engine.webhook.CallbackToken;
import dev.sluice.engine.webhook.Scrubbed;
import dev.sluice.engine.webhook.Secrets;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Optional;

/** Gives out the URLs of callbacks, and takes what comes there: the first of each call counts, once. All calls block. */
@Startup
@ApplicationScoped
public class CallbackDesk {
    private static final String PATH = "/api/webhooks/";

    private final Database database;
    private final Callbacks callbacks;
    private final Handler handler;
    private final Secrets secrets;
    private final Optional<String> publicUrl;
    private volatile byte[] key;

    CallbackDesk(Database database, Callbacks callbacks, Handler handler, Secrets secrets, EngineConfig config) {
        this.database = database;
        this.callbacks = callbacks;
        this.handler = handler;
        this.secrets = secrets;
        this.publicUrl = config.webhooks().publicUrl().map(CallbackDesk::base);
    }

    private static String base(String url) {
        if (!url.matches("https?://[^/?#]+(/[^?#]*)?")) {
            throw new IllegalArgumentException(
                    "sluice.webhooks.public-url must be like https://sluice.example.com, but is: " + url);
        }
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** Where a call's callback goes; empty where nobody said where this engine can be reached. */
    Optional<String> uri(WebhookCall call) {
        return publicUrl.map(url -> url + PATH + new CallbackToken(call.application(), call.id()).signed(key()));
    }

    /** Which call a token is for; empty for what this engine never gave out. */
    public Optional<CallbackToken> read(String token) {
        return CallbackToken.read(key(), token);
    }

    /** What a callback's body says; empty where it says nothing. */
    public Optional<Callback> body(String text) {
        return Callback.read(text, new Scrubbed(secrets.all()));
    }

    /**
     * Takes a callback, unless one came before: then nothing happens, and the answer is that one's.
     *
     * @return empty where the call waited for it; else why it is too late
     */
    public Optional<String> take(CallbackToken token, Callback callback) {
        var first = find(token.call());
        if (first.isEmpty()) {
            handler.handle(Work.of(new Incoming.OfCallback(token.application(), token.call(), callback)));
            first = find(token.call());
        }
        return first.filter(kept -> !kept.taken()).map(Changes.Callback::words);
    }

    private Optional<Changes.Callback> find(String call) {
        return database.alone(session -> callbacks.find(session, call));
    }

    /** Made by whoever needs it first; then all instances have the same. */
    private byte[] key() {
        var known = key;
        if (known == null) {
            var fresh = new byte[CallbackToken.KEY_BYTES];
            new SecureRandom().nextBytes(fresh);
            database.alone(session -> callbacks.offerKey(session, fresh));
            known = database.alone(callbacks::key).orElseThrow();
            key = known;
        }
        return known;
    }
}
