package dev.sluice.gate.statistics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * {@link SequentialState} where it is known which of the canary's instances had which counts: rejected is only what is still rejected
 * with any one instance left out, so that one bad node does not stop a good release. Leaving out the one that is bad gives the
 * evidence of the good ones, hence false alarms stay at alpha with one bad instance. It costs the evidence of the worst.
 *
 * <p>What no instance is named for counts among all, and in no state without one: it might be the bad one's. The first {@value #MOST} instances are told apart. A canary of a single instance is judged as it is.
 */
public final class InstancesState {
    private static final int MOST = 16;

    private final SequentialState all;
    /** Of what instances are named for. */
    private final SequentialState named;

    private final Map<String, SequentialState> without;

    private InstancesState(SequentialState all, SequentialState named, Map<String, SequentialState> without) {
        this.all = all;
        this.named = named;
        this.without = without;
    }

    public static InstancesState start(SequentialState start) {
        return new InstancesState(start, start, Map.of());
    }

    /**
     * With a later cell.
     *
     * @param instances what each of the canary's instances contributed to it, in an order that is always the same
     */
    public InstancesState after(Cell cell, Map<String, Counts> instances) {
        var ofNobody = cell.canary();
        for (var counts : instances.values()) {
            ofNobody = ofNobody.without(counts);
        }
        var ofNamed = cellWithout(cell, ofNobody);
        var next = new LinkedHashMap<String, SequentialState>();
        for (var known : without.entrySet()) {
            var counts = instances.getOrDefault(known.getKey(), Counts.NONE);
            next.put(known.getKey(), known.getValue().after(cellWithout(ofNamed, counts)));
        }
        for (var counted : instances.entrySet()) {
            if (next.size() < MOST && !next.containsKey(counted.getKey())) {
                // nothing of it until now: without it is with all that are named
                next.put(counted.getKey(), named.after(cellWithout(ofNamed, counted.getValue())));
            }
        }
        return new InstancesState(all.after(cell), named.after(ofNamed), next);
    }

    private static Cell cellWithout(Cell cell, Counts counts) {
        return new Cell(cell.index(), cell.canary().without(counts), cell.stable());
    }

    /** The state of all instances together. */
    public SequentialState all() {
        return all;
    }

    /** The instance without which there is the least evidence; nothing where there aren't two. */
    public Optional<String> worst() {
        if (without.size() < 2) {
            return Optional.empty();
        }
        String worst = null;
        var least = Double.POSITIVE_INFINITY;
        for (var state : without.entrySet()) {
            if (worst == null || state.getValue().logE() < least) {
                worst = state.getKey();
                least = state.getValue().logE();
            }
        }
        return Optional.of(worst);
    }

    /**
     * The smallest error rate of the canary, of all its instances, that would have been rejected by now with probability {@value
     * Power#PROBABILITY} at least, had its share of requests always been the same. Not known where errors come in bunches.
     */
    public OptionalDouble detectable(double alpha) {
        if (all.dispersion() > 1) {
            return OptionalDouble.empty();
        }
        var without = this.without.size() < 2 ? Stream.<SequentialState>of() : this.without.values().stream();
        return Power.rate(Stream.concat(Stream.of(all), without)
                .map(state -> state.condition(alpha))
                .toList());
    }

    int kept() {
        return without.size();
    }

    /** The logarithm of the e-value without the worst instance. */
    public double logE() {
        return worst().map(instance -> without.get(instance).logE()).orElseGet(all::logE);
    }

    /** Whether it is rejected without the worst instance too: with one bad instance that ever happens with probability alpha at most. */
    public boolean isRejected(double alpha) {
        return isRejected(alpha, alpha);
    }

    /**
     * Whether it is rejected, and without the worst instance at least at a laxer level: sooner, but with one bad instance a false
     * alarm happens with probability {@code alphaWithoutWorst} at most.
     */
    public boolean isRejected(double alpha, double alphaWithoutWorst) {
        return all.isRejected(alpha) && logE() >= Nats.bar(alphaWithoutWorst);
    }

    /** The instance that all the evidence comes from: rejected with it, and not without it. */
    public Optional<String> suspect(double alpha) {
        return all.isRejected(alpha) && !isRejected(alpha) ? worst() : Optional.empty();
    }
}
