package dev.sluice.gate.source.http;

import java.net.URI;

/**
 * A request as a source makes it, without the provider's headers and secrets.
 *
 * @param contentType of the body
 * @param body null for none
 */
public record Call(String method, URI uri, String contentType, String body) {
    public static Call get(URI uri) {
        return new Call("GET", uri, null, null);
    }
}
