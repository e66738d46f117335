package dev.sluice.gate.source.http;

import java.net.URI;
import java.net.URISyntaxException;

/** Where a provider's API is, with any path before it. */
public record BaseUrl(String url) {
    /** @throws IllegalArgumentException for what cannot be called */
    public static BaseUrl of(String url) {
        call(url);
        return new BaseUrl(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    }

    public URI resolve(String path) {
        return URI.create(url + path);
    }

    /** @throws IllegalArgumentException for a URL that cannot be called; its words don't show it, it may hold secrets */
    public static URI call(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("url is no URL: " + e.getReason(), e);
        }
        if (uri.getHost() == null || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
            throw new IllegalArgumentException("url must begin with http:// or https:// and a host");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("url must not name a user: see auth");
        }
        return uri;
    }
}
