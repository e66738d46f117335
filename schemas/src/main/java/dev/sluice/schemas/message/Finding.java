package dev.sluice.schemas.message;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Something that a check found before anything is written.
 *
 * @param message for people: what was found, and what to do
 */
public record Finding(Severity severity, Code code, String message) {

    public enum Severity {
        /** A rollout would fail on it. */
        @JsonProperty("error")
        ERROR,
        /** A rollout may go on in spite of it. */
        @JsonProperty("warning")
        WARNING
    }

    /** A closed list, for grouping. */
    public enum Code {
        /** The order names no route that this applier can serve. */
        @JsonProperty("route-unknown")
        ROUTE_UNKNOWN,
        /** The cluster doesn't serve a kind of object. */
        @JsonProperty("kind-unserved")
        KIND_UNSERVED,
        @JsonProperty("object-missing")
        OBJECT_MISSING,
        /** The objects can't carry the route. */
        @JsonProperty("object-unfit")
        OBJECT_UNFIT,
        /** The object is somebody else's. */
        @JsonProperty("object-foreign")
        OBJECT_FOREIGN,
        /** A person stopped all writes to the object. */
        @JsonProperty("object-paused")
        OBJECT_PAUSED,
        /** To begin would move live traffic. */
        @JsonProperty("live-traffic")
        LIVE_TRAFFIC,
        /** The mesh says that it doesn't take the object as it is. */
        @JsonProperty("not-in-force")
        NOT_IN_FORCE,
        @JsonProperty("service-missing")
        SERVICE_MISSING,
        /** A port of one Service has no counterpart in another. */
        @JsonProperty("ports-differ")
        PORTS_DIFFER,
        /** Both backends select the same pods. */
        @JsonProperty("backends-overlap")
        BACKENDS_OVERLAP,
        /** The root Service selects the pods of one backend only. */
        @JsonProperty("root-one-sided")
        ROOT_ONE_SIDED,
        @JsonProperty("no-endpoints")
        NO_ENDPOINTS,
        /** The applier's account lacks a right. */
        @JsonProperty("right-missing")
        RIGHT_MISSING,
        /** The API server, or a webhook, would refuse a write. */
        @JsonProperty("write-refused")
        WRITE_REFUSED,
        /** A webhook would change what is written. */
        @JsonProperty("write-changed")
        WRITE_CHANGED,
        /** A policy covers the active backend and not the canary. */
        @JsonProperty("policy-one-sided")
        POLICY_ONE_SIDED,
        /** Something could not be looked at, so it may be wrong or not. */
        @JsonProperty("not-looked-at")
        NOT_LOOKED_AT,
        /** Too many were asked for at once: nothing was looked at. */
        @JsonProperty("not-made")
        NOT_MADE
    }

    public static Finding error(Code code, String message) {
        return new Finding(Severity.ERROR, code, message);
    }

    public static Finding warning(Code code, String message) {
        return new Finding(Severity.WARNING, code, message);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
