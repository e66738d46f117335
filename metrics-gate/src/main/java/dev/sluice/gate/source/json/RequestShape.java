package dev.sluice.gate.source.json;

import dev.sluice.gate.config.ProvidersConfig;
import dev.sluice.gate.source.Question;
import dev.sluice.gate.source.Quoting;
import dev.sluice.gate.source.Template;
import dev.sluice.gate.source.Unanswered;
import dev.sluice.gate.source.http.BaseUrl;
import dev.sluice.gate.source.http.Call;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How a question becomes a request. */
record RequestShape(String method, String url, String contentType, String body, Quoting query) {
    private static final Set<String> METHODS = Set.of("GET", "POST");
    private static final Map<String, Quoting> QUOTES =
            Map.of("backslash", Quoting.BACKSLASH, "doubled", Quoting.DOUBLED);

    /** @throws IllegalArgumentException says which setting is missing or wrong */
    static RequestShape of(ProvidersConfig.Provider settings) {
        var json = settings.json();
        if (!METHODS.contains(json.method())) {
            throw new IllegalArgumentException("json.method " + json.method() + " is none of GET, POST");
        }
        var quotes = QUOTES.get(json.quotes());
        if (quotes == null) {
            throw new IllegalArgumentException("json.quotes " + json.quotes() + " is none of backslash, doubled");
        }
        if (json.method().equals("GET") && json.body().isPresent()) {
            throw new IllegalArgumentException("json.body is set, and json.method GET sends none");
        }
        BaseUrl.call(settings.url().replaceAll("\\{\\{[^{}]*}}", "x"));
        var body = json.method().equals("GET") ? null : json.body().orElse("");
        return new RequestShape(json.method(), settings.url(), json.contentType(), body, quotes);
    }

    Call call(Question question) throws Unanswered {
        var names = new TreeMap<>(question.names());
        names.put("query", text(question));
        var target = Template.render(url, Quoting.URL, names);
        var sent = body == null ? null : Template.render(body, bodyQuoting(), names);
        try {
            return new Call(method, BaseUrl.call(target), contentType, sent);
        } catch (IllegalArgumentException e) {
            throw Unanswered.ever(e.getMessage());
        }
    }

    /** Of the query alone: the URL and the body are the provider's. */
    String text(Question question) throws Unanswered {
        return Template.render(question.query(), query, question.names());
    }

    private Quoting bodyQuoting() {
        if (contentType.contains("json")) {
            return Quoting.JSON;
        }
        return contentType.contains("x-www-form-urlencoded") ? Quoting.URL : Quoting.PLAIN;
    }
}
