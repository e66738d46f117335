package dev.sluice.engine.webhook;

import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.core.told.WebhookCall;
import dev.sluice.schemas.rollout.Webhook;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.PathConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Calls of one webhook, part by part, and the engine's settings as a file has them. */
public record Calls(String id, Webhook webhook, Map<String, String> variables, Instant notAfter) {
    private static final int CONVERTER_PRIORITY = 200;

    public static Calls to(String uri) {
        var webhook = new Webhook(
                "smoke-test",
                "POST",
                uri,
                Map.of(),
                null,
                0,
                Duration.ofSeconds(1),
                Duration.ofSeconds(20),
                null,
                true,
                Duration.ofHours(1));
        return new Calls(
                "shop/checkout/r1/prod/3/1",
                webhook,
                Map.of("application", "shop/checkout", "target", "prod", "rollout", "r1", "revision", "v2"),
                Instant.now().plus(Duration.ofHours(1)));
    }

    public Calls id(String other) {
        return new Calls(other, webhook, variables, notAfter);
    }

    public Calls variable(String name, String value) {
        var more = new HashMap<>(variables);
        more.put(name, value);
        return new Calls(id, webhook, more, notAfter);
    }

    public Calls notAfter(Instant other) {
        return new Calls(id, webhook, variables, other);
    }

    public Calls body(String body) {
        return with(webhook.headers(), body, webhook.timeout(), webhook.errorExpression(), webhook.disableCallback());
    }

    public Calls header(String name, String value) {
        var more = new HashMap<>(webhook.headers());
        more.put(name, value);
        return with(more, webhook.body(), webhook.timeout(), webhook.errorExpression(), webhook.disableCallback());
    }

    public Calls timeout(Duration timeout) {
        return with(webhook.headers(), webhook.body(), timeout, webhook.errorExpression(), webhook.disableCallback());
    }

    public Calls errorExpression(String expression) {
        return with(webhook.headers(), webhook.body(), webhook.timeout(), expression, webhook.disableCallback());
    }

    public Calls withCallback() {
        return with(webhook.headers(), webhook.body(), webhook.timeout(), webhook.errorExpression(), false);
    }

    private Calls with(
            Map<String, String> headers, String body, Duration timeout, String expression, boolean disableCallback) {
        var other = new Webhook(
                webhook.name(),
                webhook.method(),
                webhook.uri(),
                headers,
                body,
                webhook.retryCount(),
                webhook.backoff(),
                timeout,
                expression,
                disableCallback,
                webhook.callbackTimeout());
        return new Calls(id, other, variables, notAfter);
    }

    public WebhookCall call() {
        return new WebhookCall(id, id, "shop/checkout", "prod", webhook, variables, 1, notAfter);
    }

    /** @param settings with their whole names */
    public static EngineConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter())
                .withConverter(Path.class, CONVERTER_PRIORITY, new PathConverter())
                .withMapping(EngineConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 1000))
                .build()
                .getConfigMapping(EngineConfig.class);
    }
}
