package dev.sluice.dashboard.http;

/**
 * One server-sent event.
 *
 * @param id the place that a stream can go on from; null: it says nothing of that
 * @param json its data, in one line
 */
record StreamEvent(String name, String id, String json) {}
