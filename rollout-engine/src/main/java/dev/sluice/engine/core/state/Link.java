package dev.sluice.engine.core.state;

/**
 * Where a person finds more, as somebody who was called says.
 *
 * @param url begins with {@code http://} or {@code https://}
 */
public record Link(String name, String url) {}
