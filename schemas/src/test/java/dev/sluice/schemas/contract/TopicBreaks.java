package dev.sluice.schemas.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Where an AsyncAPI document breaks with an earlier form of itself; payloads are compared by {@link SchemaBreaks} on their own. */
final class TopicBreaks {
    private final JsonNode before;
    private final JsonNode now;
    private final List<Break> breaks = new ArrayList<>();

    private TopicBreaks(JsonNode before, JsonNode now) {
        this.before = before;
        this.now = now;
    }

    static List<Break> between(JsonNode before, JsonNode now) {
        var comparison = new TopicBreaks(before, now);
        comparison.each("/channels", comparison::channel);
        comparison.each("/operations", comparison::operation);
        comparison.each("/components/messages", comparison::message);
        return comparison.breaks;
    }

    private interface Pair {
        void compare(String at, JsonNode before, JsonNode now);
    }

    private void each(String where, Pair pair) {
        before.at(where).properties().forEach(entry -> {
            var at = where + "/" + entry.getKey();
            var other = now.at(where).path(entry.getKey());
            if (other.isMissingNode()) {
                breaks.add(new Break(at, "is gone"));
            } else {
                pair.compare(at, entry.getValue(), other);
            }
        });
    }

    private void channel(String at, JsonNode before, JsonNode now) {
        same(at, "/address", before, now);
        before.path("messages").fieldNames().forEachRemaining(name -> {
            if (!now.path("messages").has(name)) {
                breaks.add(new Break(at + "/messages/" + name, "does not come any more"));
            }
        });
        now.path("messages").fieldNames().forEachRemaining(name -> {
            if (!before.path("messages").has(name)) {
                breaks.add(new Break(at + "/messages/" + name, "may come now"));
            }
        });
        var settings = "/bindings/kafka/topicConfiguration/";
        same(at, settings + "cleanup.policy", before, now);
        same(at, settings + "message.timestamp.type", before, now);
        notLess(at, settings + "max.message.bytes", before, now);
        notLess(at, settings + "retention.ms", before, now);
    }

    private void operation(String at, JsonNode before, JsonNode now) {
        same(at, "/action", before, now);
        same(at, "/channel/$ref", before, now);
    }

    private void message(String at, JsonNode before, JsonNode now) {
        same(at, "/name", before, now);
        same(at, "/contentType", before, now);
        same(at, "/payload", before, now);
        same(at, "/bindings/kafka/key/title", before, now);
        for (var view : Contracts.views(at.substring(at.lastIndexOf('/') + 1))) {
            breaks.addAll(SchemaBreaks.between(
                    before.path("headers"), now.path("headers"), at + "/headers", this.before, this.now, view));
        }
    }

    private void same(String at, String what, JsonNode before, JsonNode now) {
        if (!before.at(what).equals(now.at(what))) {
            breaks.add(new Break(at + what, before.at(what) + " before, " + now.at(what) + " now"));
        }
    }

    private void notLess(String at, String what, JsonNode before, JsonNode now) {
        if (now.at(what).asLong(Long.MAX_VALUE) < before.at(what).asLong(Long.MAX_VALUE)) {
            breaks.add(new Break(at + what, before.at(what) + " before, only " + now.at(what) + " now"));
        }
    }
}
