package dev.sluice.access;

import io.vertx.core.http.HttpServerRequest;

/** Where a request comes from. */
final class Address {
    private Address() {}

    static String of(HttpServerRequest request) {
        var remote = request.remoteAddress();
        return remote == null || remote.hostAddress() == null ? "unknown" : remote.hostAddress();
    }
}
