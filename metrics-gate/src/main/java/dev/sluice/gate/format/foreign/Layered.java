package dev.sluice.gate.format.foreign;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Labels over others that they hide, both kept as they are: what thousands of samples have in common is there once. */
final class Layered extends AbstractMap<String, String> {
    private final Map<String, String> upper;
    private final Map<String, String> lower;

    private Layered(Map<String, String> upper, Map<String, String> lower) {
        this.upper = upper;
        this.lower = lower;
    }

    static Map<String, String> of(Map<String, String> upper, Map<String, String> lower) {
        return upper.isEmpty() ? lower : lower.isEmpty() ? upper : new Layered(upper, lower);
    }

    @Override
    public String get(Object name) {
        var above = upper.get(name);
        return above == null ? lower.get(name) : above;
    }

    @Override
    public boolean containsKey(Object name) {
        return upper.containsKey(name) || lower.containsKey(name);
    }

    private Stream<Entry<String, String>> entries() {
        var below = lower.entrySet().stream().filter(entry -> !upper.containsKey(entry.getKey()));
        return Stream.concat(upper.entrySet().stream(), below);
    }

    @Override
    public Set<Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, String>> iterator() {
                return entries().iterator();
            }

            @Override
            public int size() {
                return Math.toIntExact(entries().count());
            }
        };
    }
}
