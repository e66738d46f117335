package dev.sluice.dashboard.engine;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;

/**
 * What the engine is asked.
 *
 * @param path as it stands in the URL, with its query
 * @param authorization of whoever asks; null: none
 * @param contentType of the body; null where there is none
 */
public record EngineRequest(String method, String path, String authorization, String contentType, BodyPublisher body) {
    public static EngineRequest get(String path, String authorization) {
        return new EngineRequest("GET", path, authorization, null, BodyPublishers.noBody());
    }
}
