package dev.sluice.simulation.machine;

import dev.sluice.simulation.fault.Faults;
import dev.sluice.simulation.world.World;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A process with a clock of its own. It may die between any two effects and forgets all it held in memory. */
public abstract class Machine {
    private final World world;
    private final Faults faults;
    private final String name;
    private int incarnation;
    private boolean isUp;
    private long frozenUntilMillis;
    private long skewMillis;

    protected Machine(World world, Faults faults, String name) {
        this.world = world;
        this.faults = faults;
        this.name = name;
    }

    public final World world() {
        return world;
    }

    public final Faults faults() {
        return faults;
    }

    public final String name() {
        return name;
    }

    public final boolean isUp() {
        return isUp;
    }

    public final Instant clock() {
        return world.now().plusMillis(faults.areOver() ? 0 : skewMillis);
    }

    /** The same, for what asks a {@link Clock}. */
    public final Clock timepiece() {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return clock();
            }
        };
    }

    /** Unless it dies before. */
    public final void later(long millis, Runnable action) {
        var born = incarnation;
        world.in(millis, () -> act(born, action));
    }

    private void act(int born, Runnable action) {
        if (incarnation != born) {
            return;
        }
        if (world.nowMillis() < frozenUntilMillis) {
            world.in(frozenUntilMillis - world.nowMillis(), () -> act(born, action));
        } else {
            action.run();
        }
    }

    public final void start() {
        isUp = true;
        incarnation++;
        skewMillis = faults.skewMillis();
        world.note(name, "starts", null);
        started();
    }

    public final void crash() {
        if (isUp) {
            stop();
            world.in(world.chance().between(200, 8000), this::startAgain);
        }
    }

    /** Until it is started. */
    public final void stop() {
        if (isUp) {
            isUp = false;
            incarnation++;
            world.note(name, "dies", null);
            died();
        }
    }

    private void startAgain() {
        if (!isUp) {
            start();
        }
    }

    /** Its clock is set, forwards or back. */
    public final void setClock() {
        skewMillis = faults.skewMillis();
        world.note(name, "sets its clock", skewMillis);
    }

    /** A long pause, after which it goes on as if nothing had been. */
    public final void freeze(long millis) {
        frozenUntilMillis = Math.max(frozenUntilMillis, world.nowMillis() + millis);
    }

    /** Asked between two effects: false when it has just died. */
    public final boolean survives() {
        if (isUp && faults.crashesNow()) {
            crash();
        }
        return isUp;
    }

    protected abstract void started();

    protected abstract void died();
}
