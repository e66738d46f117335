package dev.sluice.simulation.fault;

import dev.sluice.simulation.bus.Bus;
import dev.sluice.simulation.world.Chance;
import dev.sluice.simulation.world.World;

/**
 * Which faults a run has and how often they strike. Each run draws its own mix, since faults that are always on hide
 * what happens without them. All of them are over some time before the end.
 */
public final class Faults {
    private final World world;
    private final Chance chance;
    private final long calmAtMillis;
    private final int crashPermille;
    private final int slowPercent;
    private final int twicePercent;
    private final int strayPercent;
    private final int pausePercent;
    private final int lostPercent;
    private final int skewMillis;
    private final int fickleMillis;
    private final int deafPercent;
    private final int crowdedPercent;
    private final int hinderedPercent;

    public Faults(World world, long calmAtMillis) {
        this.world = world;
        this.chance = world.chance();
        this.calmAtMillis = calmAtMillis;
        this.crashPermille = sometimes(30);
        this.slowPercent = sometimes(20);
        this.twicePercent = sometimes(25);
        this.strayPercent = sometimes(60);
        this.pausePercent = sometimes(5);
        this.lostPercent = sometimes(15);
        this.skewMillis = sometimes(3000);
        this.fickleMillis = sometimes(6000);
        this.deafPercent = sometimes(30);
        this.crowdedPercent = sometimes(60);
        this.hinderedPercent = sometimes(50);
    }

    /** Not in half of the runs; else anything up to the most. */
    private int sometimes(int most) {
        return chance.percent(50) ? 0 : chance.between(1, most);
    }

    public boolean areOver() {
        return world.nowMillis() >= calmAtMillis;
    }

    public long calmAtMillis() {
        return calmAtMillis;
    }

    /** Asked between any two effects. */
    public boolean crashesNow() {
        return !areOver() && chance.permille(crashPermille);
    }

    /** Of anything on a network. */
    public long latencyMillis() {
        return !areOver() && chance.percent(slowPercent) ? chance.between(100, 4000) : chance.between(1, 20);
    }

    /** Between two steps of one machine; now and then the whole machine stops for longer than a lease lasts. */
    public long pauseMillis() {
        return !areOver() && chance.percent(pausePercent) ? chance.between(2000, 10_000) : chance.between(1, 10);
    }

    public boolean isSentTwice() {
        return !areOver() && chance.percent(twicePercent);
    }

    /** The key's own partition, or the one that another client library chose. */
    public int partition(String key) {
        return chance.percent(strayPercent) ? chance.between(0, Bus.PARTITIONS - 1) : Bus.partition(key);
    }

    /** Something was asked and fails. */
    public boolean failsNow() {
        return !areOver() && chance.percent(lostPercent);
    }

    /** A watch that looks alive and doesn't tell of a change. */
    public boolean isNewsLost() {
        return !areOver() && chance.percent(deafPercent);
    }

    /** Until it is a call's turn: others may be there before it. */
    public long turnMillis() {
        return !areOver() && chance.percent(crowdedPercent) ? chance.between(1, 6000) : 0;
    }

    /** Something that a rollout needs is not there yet. */
    public boolean isHindered() {
        return !areOver() && chance.percent(hinderedPercent);
    }

    /** How far the clock of a machine is off. */
    public long skewMillis() {
        return skewMillis == 0 ? 0 : chance.between(-skewMillis, skewMillis);
    }

    public long rebalanceMillis() {
        return areOver() || fickleMillis == 0 ? chance.between(1, 20) : chance.between(1, fickleMillis);
    }

    public int batchSize() {
        return chance.between(1, 5);
    }
}
