package dev.sluice.gate.source.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.gate.source.Answer;
import dev.sluice.gate.source.MetricProvider;
import dev.sluice.gate.source.Question;
import dev.sluice.gate.source.Quoting;
import dev.sluice.gate.source.Template;
import dev.sluice.gate.source.Unanswered;
import dev.sluice.gate.source.http.Call;
import dev.sluice.gate.source.http.Http;
import dev.sluice.gate.source.http.Reply;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** One server with Prometheus' HTTP API, version 1 (prometheus.io/docs/prometheus/latest/querying/api). */
final class Prometheus implements MetricProvider {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Http http;
    private final URI url;
    private final boolean acceptsWarnings;

    Prometheus(Http http, URI url, boolean acceptsWarnings) {
        this.http = http;
        this.url = url;
        this.acceptsWarnings = acceptsWarnings;
    }

    @Override
    public Answer ask(Question question, Duration within) throws Unanswered, InterruptedException {
        var end = System.nanoTime() + within.toNanos();
        var answer = number(question.query(), question, within);
        if (!(answer instanceof Answer.Found found) || question.samples() == null) {
            return answer;
        }
        return switch (number(question.samples(), question, Duration.ofNanos(end - System.nanoTime()))) {
            case Answer.Found count -> new Answer.Found(found.value(), samples(count.value()));
            case Answer.Nothing none -> new Answer.Found(found.value(), 0);
            case Answer.Several several -> new Answer.Several(several.words() + ", asked for the samples");
            case Answer.Failed failed -> failed;
        };
    }

    @Override
    public String text(Question question) throws Unanswered {
        return text(question.query(), question);
    }

    private static String text(String template, Question question) throws Unanswered {
        return Template.render(template, Quoting.PROMQL, question.names());
    }

    /** Increases are estimates with fractions; a sample that is there in part is none yet. */
    private static long samples(double count) throws Unanswered {
        if (!Double.isFinite(count) || count < 0) {
            throw Unanswered.ever("the number of samples is " + count);
        }
        return (long) count;
    }

    private Answer number(String template, Question question, Duration within) throws Unanswered, InterruptedException {
        var query = text(template, question);
        var form = "query=" + encoded(query) + "&time=" + seconds(question.to()) + "&timeout="
                + Math.max(1, within.toMillis()) + "ms";
        var reply = http.send(new Call("POST", url, "application/x-www-form-urlencoded", form), question, within);
        var json = json(reply);
        if (!reply.isSuccess() || !"success".equals(json.path("status").asText())) {
            var words =
                    json.path("errorType").asText("") + " " + json.path("error").asText("");
            throw reply.refusal(words.strip());
        }
        if (!json.path("warnings").isEmpty() && !acceptsWarnings) {
            throw Unanswered.yet(
                    "the server warns: " + json.path("warnings").path(0).asText());
        }
        return Result.answer(json.path("data"));
    }

    private static JsonNode json(Reply reply) throws Unanswered {
        try {
            return JSON.readTree(reply.body());
        } catch (IOException e) {
            if (reply.isSuccess()) {
                throw Unanswered.ever("the answer is no JSON; is this the URL of a Prometheus API?");
            }
            throw reply.refusal("");
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String seconds(Instant time) {
        return BigDecimal.valueOf(time.toEpochMilli(), 3).toPlainString();
    }
}
