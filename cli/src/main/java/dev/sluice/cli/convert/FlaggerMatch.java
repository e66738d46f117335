package dev.sluice.cli.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Flagger's A/B conditions, of which one is enough, as Sluice's, all of which have to match. */
final class FlaggerMatch {
    private FlaggerMatch() {}

    static ObjectNode of(JsonNode matches, Draft draft) {
        if (matches.size() > 1) {
            draft.note("analysis.match: only the first of " + matches.size()
                    + " is taken over, for a request has to match all conditions of a step");
        }
        var match = Draft.object();
        var headers = matches.path(0).path("headers");
        headers.fieldNames().forEachRemaining(name -> {
            var value = headers.path(name);
            var how = value.has("exact") ? "exact" : value.has("prefix") ? "prefix" : "regex";
            match.withArray("headers")
                    .add(Draft.object()
                            .put("name", name)
                            .put(how, value.path(how).asText()));
        });
        return Draft.step("setMatch", match);
    }
}
