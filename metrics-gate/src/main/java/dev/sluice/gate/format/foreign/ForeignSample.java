package dev.sluice.gate.format.foreign;

import java.time.Instant;
import java.util.Map;

/**
 * One measurement as its sender describes it.
 *
 * @param labels all that he says about it, a resource's attributes included
 * @param time null where he doesn't say
 * @param since when the counting of a total began; null where he doesn't say
 */
public record ForeignSample(String metric, Map<String, String> labels, Amount amount, Instant time, Instant since) {}
