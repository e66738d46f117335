package dev.sluice.engine.webhook;

import dev.sluice.engine.core.told.WebhookCall;
import dev.sluice.schemas.rollout.Webhook;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Makes the request of a call: its templates filled in, and the headers by which whoever is called knows it again. */
final class Requests {
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    static final String CALLBACK = "X-Sluice-Callback";

    private static final String CONTENT_TYPE = "Content-Type";
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}");
    /** The connection's own: by one of these a request could become two. */
    private static final Set<String> OURS = caseless(
            "Host",
            "Content-Length",
            "Transfer-Encoding",
            "Connection",
            "Upgrade",
            "TE",
            "Trailer",
            "Expect",
            IDEMPOTENCY_KEY);

    private Requests() {}

    /** @param callbackUri null where the call waits for no callback */
    static Exchange.Request of(WebhookCall call, String callbackUri, Names names, Destinations destinations)
            throws Uncallable {
        var webhook = call.webhook();
        if (!METHOD.matcher(webhook.method()).matches() || webhook.method().equals("CONNECT")) {
            throw new Uncallable("its method is none: " + Texts.line(webhook.method()));
        }
        var headers = headers(webhook, names);
        if (webhook.body() != null) {
            headers.putIfAbsent(CONTENT_TYPE, "application/json");
        }
        headers.put(IDEMPOTENCY_KEY, Texts.header(call.key()));
        headers.put("User-Agent", "sluice");
        headers.put("X-Sluice-Application", Texts.header(call.application()));
        headers.put("X-Sluice-Target", Texts.header(call.target()));
        headers.put("X-Sluice-Rollout", Texts.header(call.variables().getOrDefault("rollout", "")));
        headers.put("X-Sluice-Attempt", Integer.toString(call.attempt()));
        if (callbackUri != null) {
            headers.put(CALLBACK, callbackUri);
        }
        var url = destinations.url(names.url(webhook.uri()));
        var body = webhook.body() == null ? null : names.filled(webhook.body(), Quoting.of(headers.get(CONTENT_TYPE)));
        return new Exchange.Request(webhook.method(), url, headers, body);
    }

    private static Map<String, String> headers(Webhook webhook, Names names) throws Uncallable {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var header : webhook.headers().entrySet()) {
            var name = header.getKey();
            if (!HEADER.matcher(name).matches()) {
                throw new Uncallable("a header's name is none: " + Texts.line(name));
            }
            if (OURS.contains(name)) {
                throw new Uncallable("the header " + name + " is Sluice's to set");
            }
            var value = names.filled(header.getValue(), Quoting.PLAIN);
            if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c >= 0x7f)) {
                throw new Uncallable("the header " + name + " has characters that no header may have");
            }
            headers.put(name, value);
        }
        return headers;
    }

    private static Set<String> caseless(String... names) {
        var set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        set.addAll(Set.of(names));
        return set;
    }
}
