package dev.sluice.engine.core;

import dev.sluice.engine.core.state.Link;
import java.util.List;

/**
 * What a call came to.
 *
 * @param call its id
 * @param status of HTTP; null where there was no answer
 * @param words for people: what was called and what it said; never a secret
 */
public record WebhookAnswer(String call, Outcome outcome, Integer status, String words, List<Link> links) {
    public WebhookAnswer {
        links = List.copyOf(links);
    }

    /** A closed set. */
    public enum Outcome {
        /** It was made and went well; where it waits for a callback, that decides. */
        ANSWERED,
        /** No connection, no answer in time, a status that is none of success, or {@code errorExpression} says so. */
        FAILED
    }
}
