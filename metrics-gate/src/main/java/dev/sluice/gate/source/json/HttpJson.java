package dev.sluice.gate.source.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.sluice.gate.source.Answer;
import dev.sluice.gate.source.MetricProvider;
import dev.sluice.gate.source.Question;
import dev.sluice.gate.source.Unanswered;
import dev.sluice.gate.source.http.Http;
import dev.sluice.gate.source.http.Reply;
import java.io.IOException;
import java.time.Duration;

/** One system that is asked by templates. */
final class HttpJson implements MetricProvider {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Http http;
    private final RequestShape request;
    private final AnswerShape answer;

    HttpJson(Http http, RequestShape request, AnswerShape answer) {
        this.http = http;
        this.request = request;
        this.answer = answer;
    }

    @Override
    public Answer ask(Question question, Duration within) throws Unanswered, InterruptedException {
        if (question.samples() != null) {
            throw Unanswered.ever("takes one query: samples are found by json.samples-pointer");
        }
        var reply = http.send(request.call(question), question, within);
        var root = json(reply);
        var error = answer.error(root);
        if (!reply.isSuccess()) {
            throw reply.refusal(error);
        }
        if (!error.isEmpty()) {
            throw Unanswered.ever("the server answered: " + error);
        }
        return answer.answer(root);
    }

    @Override
    public String text(Question question) throws Unanswered {
        return request.text(question);
    }

    private static JsonNode json(Reply reply) throws Unanswered {
        try {
            return JSON.readTree(reply.body());
        } catch (IOException e) {
            if (reply.isSuccess()) {
                throw Unanswered.ever("the answer is no JSON");
            }
            return MissingNode.getInstance();
        }
    }
}
