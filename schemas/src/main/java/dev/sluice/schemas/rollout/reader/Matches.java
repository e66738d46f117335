package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Match.Condition;
import dev.sluice.schemas.rollout.Match.Text;
import dev.sluice.schemas.rollout.Mirror;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Reads {@code setMatch} and {@code setMirror}; what a mesh can't carry of them is for its entry to say. */
final class Matches {
    private static final List<String> CONDITIONS = List.of("headers", "cookies", "queryParameters");

    private Matches() {}

    /** Null where matches end, and where there is none to be read. */
    static Match match(JsonNode match) {
        if (!match.isObject()) {
            return null;
        }
        var setHeaders = new TreeMap<String, String>();
        match.path("setHeaders")
                .properties()
                .forEach(header ->
                        setHeaders.put(header.getKey(), header.getValue().asText()));
        return new Match(
                conditions(match.path("headers")),
                conditions(match.path("cookies")),
                conditions(match.path("queryParameters")),
                match.path("path").isObject() ? text(match.path("path")) : null,
                match.path("method").textValue(),
                setHeaders);
    }

    /** Null where there is none to be read. */
    static Mirror mirror(JsonNode mirror) {
        var percentage = mirror.path("percentage");
        return percentage.isNumber() ? new Mirror(percentage.decimalValue()) : null;
    }

    static void check(JsonNode file, Problems problems) {
        for (var step : WrittenStep.all(file)) {
            if (step.is("setMatch") && step.body().isObject()) {
                for (var part : CONDITIONS) {
                    var conditions = step.body().path(part);
                    for (int i = 0; i < conditions.size(); i++) {
                        regex(conditions.path(i), step.at().to(part).to(i), problems);
                    }
                }
                regex(step.body().path("path"), step.at().to("path"), problems);
            }
        }
    }

    private static void regex(JsonNode condition, Pointer at, Problems problems) {
        var regex = condition.path("regex");
        if (regex.isTextual()) {
            try {
                Pattern.compile(regex.textValue());
            } catch (PatternSyntaxException e) {
                problems.add(at.to("regex"), "is not an RE2 expression: " + e.getDescription());
            }
        }
    }

    private static List<Condition> conditions(JsonNode conditions) {
        var read = new ArrayList<Condition>();
        for (var condition : conditions) {
            var text = text(condition);
            read.add(new Condition(condition.path("name").textValue(), text.exact(), text.prefix(), text.regex()));
        }
        return read;
    }

    private static Text text(JsonNode text) {
        return new Text(
                text.path("exact").textValue(),
                text.path("prefix").textValue(),
                text.path("regex").textValue());
    }
}
