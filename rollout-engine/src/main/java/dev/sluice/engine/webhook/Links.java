package dev.sluice.engine.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.engine.core.state.Link;
import dev.sluice.schemas.message.Cut;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The links that somebody's JSON names: {@code links: [{name, url}]}. Whatever isn't one is left out. */
final class Links {
    static final int MOST = 20;
    static final int LONGEST_URL = 2048;
    static final int LONGEST_NAME = 100;

    private Links() {}

    /** @param scrubbed a link with a secret in it is none */
    static List<Link> of(JsonNode json, Scrubbed scrubbed) {
        var links = new ArrayList<Link>();
        for (var entry : json.path("links")) {
            if (links.size() < MOST) {
                link(entry, scrubbed).ifPresent(links::add);
            }
        }
        return List.copyOf(links);
    }

    private static Optional<Link> link(JsonNode entry, Scrubbed scrubbed) {
        var url = entry.path("url").asText();
        if (url.length() > LONGEST_URL || scrubbed.isIn(url) || !isHttp(url)) {
            return Optional.empty();
        }
        var name = scrubbed.text(Texts.line(entry.path("name").asText()));
        return Optional.of(
                new Link(Cut.to(LONGEST_NAME, name.isBlank() ? URI.create(url).getHost() : name), url));
    }

    private static boolean isHttp(String url) {
        try {
            var uri = new URI(url);
            return uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
