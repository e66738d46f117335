package dev.sluice.dashboard.engine;

import java.util.Map;

/**
 * What came back, whatever it was.
 *
 * @param headers those that mean something to whoever asked
 * @param body JSON, which is UTF-8
 */
public record EngineAnswer(int status, Map<String, String> headers, String body) {}
