package dev.sluice.applier.core;

/** What is known of a route's object. */
public sealed interface Sight {
    Sight UNSEEN = new Unknown(false, false);
    Sight UNKNOWN = new Unknown(false, true);
    Sight DOUBTED = new Unknown(true, true);
    Sight ABSENT = new Absent(null);

    /**
     * Nothing, or nothing recent enough to rely on: look first.
     *
     * @param doubted the watch told of a deletion while the API server was being asked, so that its answer may be older
     * @param fresh whether only a fresh look will do: what is known was found wrong, or may be; a new order's first write
     *     may rely on a watch, since the API server refuses a write of what has changed
     */
    record Unknown(boolean doubted, boolean fresh) implements Sight {}

    /**
     * The API server said that it isn't there.
     *
     * @param left what another object of the route still sends to the canary, with what to do; null where none does
     */
    record Absent(String left) implements Sight {}

    record Present(RoutingObject object) implements Sight {}

    /**
     * The route can't be served at all.
     *
     * @param kindMissing the cluster doesn't know the kind, so no such object can be there
     * @param reason with what to do
     */
    record Unservable(boolean kindMissing, String reason) implements Sight {}
}
