package dev.sluice.applier.it;

import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/** The next few requests of a method, for a resource or one object ({@code plural} or {@code plural/name}), meet a fault. */
final class FaultRule {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String method;
    private final String resource;
    private final Fault fault;
    private final int requests;
    private volatile int left;
    private volatile boolean carriedOut;

    FaultRule(int requests, String method, String resource, Fault fault) {
        this.requests = requests;
        this.left = requests;
        this.method = method;
        this.resource = resource;
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }

    boolean isUsedUp() {
        return left == 0;
    }

    /** Whether this request meets it: then there is one less to come. */
    synchronized boolean takes(HttpServerRequest request) {
        var isMeant = left > 0 && request.method().name().equals(method) && isOf(request.path());
        if (isMeant) {
            left--;
        }
        return isMeant;
    }

    private boolean isOf(String path) {
        return (path + "/").contains("/" + resource + "/");
    }

    void carriedOut() {
        carriedOut = true;
    }

    /** The API server did what was asked, and whoever asked doesn't know it. */
    void awaitCarriedOut() {
        await(toString()).atMost(LIMIT).pollInterval(Duration.ofMillis(1)).until(() -> carriedOut);
    }

    void awaitMet() {
        await(toString()).atMost(LIMIT).pollInterval(Duration.ofMillis(1)).until(() -> left < requests);
    }

    @Override
    public String toString() {
        return method + " " + resource + " " + fault;
    }
}
