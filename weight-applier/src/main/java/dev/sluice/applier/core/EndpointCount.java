package dev.sluice.applier.core;

/**
 * A backend's endpoints.
 *
 * @param unready those that are there and not ready; one that is going away isn't there any more
 */
public record EndpointCount(int ready, int unready) {
    public static final EndpointCount NONE = new EndpointCount(0, 0);

    /** Where nobody tells of others. */
    public static EndpointCount ready(int ready) {
        return new EndpointCount(ready, 0);
    }

    /** Whether at least this share, in percent, is ready. */
    public boolean isReady(int percent) {
        return (long) ready * 100 >= (long) percent * all();
    }

    public int all() {
        return ready + unready;
    }
}
