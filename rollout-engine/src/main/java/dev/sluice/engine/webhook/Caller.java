package dev.sluice.engine.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.engine.config.EngineConfig;
import dev.sluice.engine.core.WebhookAnswer;
import dev.sluice.engine.core.WebhookAnswer.Outcome;
import dev.sluice.engine.core.told.WebhookCall;
import dev.sluice.schemas.message.Cut;
import dev.sluice.schemas.rollout.cel.AnswerExpression;
import dev.sluice.schemas.wire.Json;
import io.quarkus.runtime.Startup;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Makes a call and says what it came to. Whatever goes wrong is an answer too; no words of it hold a secret of the call.
 * Made at the start, which settings that cannot work end.
 */
@Startup
@ApplicationScoped
public class Caller {
    private static final int LONGEST_WORDS = 1000;
    private static final int LONGEST_EXCERPT = 200;
    private static final int FIRST_OF_SUCCESS = 200;
    private static final int FIRST_BEYOND_SUCCESS = 300;
    private static final int FIRST_OF_ERRORS = 400;

    private final Secrets secrets;
    private final Destinations destinations;
    private final Addresses addresses;
    private final Exchange exchange;
    private final Clock clock;
    private final int longestBody;

    Caller(Vertx vertx, Secrets secrets, EngineConfig config, Clock clock) {
        var webhooks = config.webhooks();
        this.secrets = secrets;
        this.destinations =
                new Destinations(webhooks.hosts(), webhooks.networks().orElse(List.of()));
        // a name that is never found keeps its thread for longer than the call that asked for it
        this.addresses = new Addresses(2 * webhooks.inFlight());
        this.exchange = new Exchange(vertx, webhooks.inFlight(), webhooks.maxResponseBytes());
        this.clock = clock;
        this.longestBody = webhooks.maxResponseBytes();
    }

    /** Calls to one host are told by this: its name and port, as far as they hold no secret. */
    public static String host(WebhookCall call) {
        var url = Names.shown(call.webhook().uri(), call.variables());
        var from = url.indexOf("://") < 0 ? 0 : url.indexOf("://") + 3;
        var to = from;
        while (to < url.length() && "/?#".indexOf(url.charAt(to)) < 0) {
            to++;
        }
        return Cut.to(LONGEST_EXCERPT, url.substring(from, to));
    }

    /**
     * Blocks for as long as the call may take.
     *
     * @param callbackUri where whoever is called tells how it went; null where the call waits for no callback
     */
    public WebhookAnswer call(WebhookCall call, String callbackUri) throws InterruptedException {
        var names = new Names(call, callbackUri, secrets);
        var who = "webhook " + call.webhook().name();
        try {
            var end = System.nanoTime() + patience(call).toNanos();
            var request = Requests.of(call, callbackUri, names, destinations);
            who = request.method() + " " + request.url().getHost();
            var host = request.url().getHost();
            var found = addresses.of(host, left(end));
            destinations.check(host, found);
            var response = exchange.send(request, found.getFirst(), left(end));
            return answer(call, who, response, names.scrubbed());
        } catch (Uncallable e) {
            return failed(call, null, names.scrubbed().text(who + ": " + e.getMessage()));
        }
    }

    /** A call that is not made at all. */
    public static WebhookAnswer failed(WebhookCall call, Integer status, String words) {
        return new WebhookAnswer(call.id(), Outcome.FAILED, status, Cut.to(LONGEST_WORDS, words), List.of());
    }

    private Duration patience(WebhookCall call) throws Uncallable {
        var untilOver = Duration.between(clock.instant(), call.notAfter());
        if (untilOver.isNegative() || untilOver.isZero()) {
            throw new Uncallable("not called: nobody waits for it since " + call.notAfter());
        }
        var timeout = call.webhook().timeout();
        return timeout.compareTo(untilOver) < 0 ? timeout : untilOver;
    }

    private static Duration left(long end) {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    private WebhookAnswer answer(WebhookCall call, String who, Exchange.Response response, Scrubbed scrubbed) {
        var body = response.body();
        var json = Texts.json(body);
        var status = response.status();
        var said = who + " answered " + status;
        var failure = failure(call, response, body, json);
        if (failure.isPresent()) {
            var excerpt = Cut.to(LONGEST_EXCERPT, Texts.line(scrubbed.text(body)));
            var words = said + failure.get() + (excerpt.isBlank() ? "" : ": " + excerpt);
            return failed(call, status, scrubbed.text(words));
        }
        return new WebhookAnswer(call.id(), Outcome.ANSWERED, status, scrubbed.text(said), Links.of(json, scrubbed));
    }

    /** In words that follow the status; empty for none of them, where that says it all. */
    private Optional<String> failure(WebhookCall call, Exchange.Response response, String body, JsonNode json) {
        var status = response.status();
        if (status < FIRST_OF_SUCCESS || (status >= FIRST_BEYOND_SUCCESS && status < FIRST_OF_ERRORS)) {
            return Optional.of(" (it sends elsewhere, which is not followed: secrets would go along)");
        }
        if (call.webhook().errorExpression() == null) {
            return status >= FIRST_OF_ERRORS ? Optional.of("") : Optional.empty();
        }
        if (response.isCut()) {
            return Optional.of(" with more than " + longestBody + " bytes, too many for its errorExpression");
        }
        var value = json.isMissingNode() ? null : Json.mapper().convertValue(json, Object.class);
        try {
            return AnswerExpression.of(call.webhook().errorExpression())
                    .failure(status, response.headers(), body, value)
                    .map(", "::concat);
        } catch (IllegalArgumentException e) {
            return Optional.of(", but its errorExpression is none: " + e.getMessage());
        }
    }

    @PreDestroy
    void close() {
        exchange.close();
        addresses.close();
    }
}
