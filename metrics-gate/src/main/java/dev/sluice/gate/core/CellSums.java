package dev.sluice.gate.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/** What the events of one cell come to: all of them, and the canary's by the instance that sent them. */
final class CellSums {
    /** Instances that are told apart; the others are in the sum alone. */
    private static final int MOST_INSTANCES = 16;

    private final Aggregate[] bySlot;
    private final Map<String, Aggregate[]> byInstance = new LinkedHashMap<>(0);

    CellSums(int slots) {
        bySlot = new Aggregate[slots];
    }

    void add(int slot, Sample sample, IntConsumer charge) {
        add(into(bySlot, slot, charge), sample, charge);
        var instance = sample.instance();
        if (instance != null && slot % 2 == Side.CANARY.place()) {
            var of = byInstance.get(instance);
            if (of == null && byInstance.size() < MOST_INSTANCES) {
                of = new Aggregate[bySlot.length];
                byInstance.put(instance, of);
                charge.accept(bySlot.length + Series.CELLS);
            }
            if (of != null) {
                add(into(of, slot, charge), sample, charge);
            }
        }
    }

    private static void add(Aggregate into, Sample sample, IntConsumer charge) {
        if (sample.isCount()) {
            into.addCounted(sample.number());
        } else {
            var before = into.cells();
            into.add(sample);
            charge.accept(into.cells() - before);
        }
    }

    /** @param other what a pane holds besides what was counted; null for nothing */
    void add(int slot, double counted, Aggregate other, IntConsumer charge) {
        var into = into(bySlot, slot, charge);
        into.addCounted(counted);
        if (other != null) {
            var before = into.cells();
            into.add(other);
            charge.accept(into.cells() - before);
        }
    }

    private static Aggregate into(Aggregate[] slots, int slot, IntConsumer charge) {
        if (slots[slot] == null) {
            slots[slot] = new Aggregate();
            charge.accept(Aggregate.EMPTY_CELLS);
        }
        return slots[slot];
    }

    /** Panes don't say who sent what: where another knows of the same cell, that is taken over. */
    void takeInstances(CellSums other, IntConsumer charge) {
        other.byInstance.forEach((instance, theirs) -> {
            var ours = new Aggregate[bySlot.length];
            for (int slot = 0; slot < ours.length; slot++) {
                if (theirs[slot] != null) {
                    into(ours, slot, charge).add(theirs[slot]);
                }
            }
            byInstance.put(instance, ours);
        });
    }

    Aggregate[] bySlot() {
        return bySlot;
    }

    Map<String, Aggregate[]> byInstance() {
        return byInstance;
    }
}
