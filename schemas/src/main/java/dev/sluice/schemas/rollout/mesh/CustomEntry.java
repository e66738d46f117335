package dev.sluice.schemas.rollout.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.Weight;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;

/** Any other kind: where its two weights stand is told by JSON pointers. */
public final class CustomEntry implements MeshEntry {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    @Override
    public String name() {
        return "custom";
    }

    /** Whole numbers of a total; of 1,000 they can say tenths of a percent. */
    @Override
    public Weight resolution(JsonNode entry) {
        var total = entry.path("total");
        if (!total.isNumber() || total.decimalValue().signum() <= 0) {
            return total.isMissingNode() ? WHOLE_PERCENT : FINEST;
        }
        var step = HUNDRED.divide(total.decimalValue(), 2, RoundingMode.CEILING);
        return Weight.of(step.max(FINEST.percent()).min(HUNDRED));
    }

    @Override
    public Optional<Named> read(JsonNode entry) {
        var apiVersion = entry.path("apiVersion");
        var kind = entry.path("kind");
        var object = entry.path("name");
        if (!apiVersion.isTextual() || !kind.isTextual() || !object.isTextual() || !entry.has("canaryPointer")) {
            return Optional.empty();
        }
        var name = object.textValue();
        var plural = entry.path("plural").asText(plural(kind.textValue()));
        var slash = apiVersion.textValue().indexOf('/');
        var group = slash < 0 ? "" : "." + apiVersion.textValue().substring(0, slash);
        var active = entry.path("activeService").asText(name);
        var canary = entry.path("canaryService").asText(name + "-canary");
        var filled = new HashMap<>(Entries.plain(entry));
        filled.put("plural", plural);
        filled.put("activeService", active);
        filled.put("canaryService", canary);
        filled.putIfAbsent("total", 100);
        return Optional.of(new Named(plural + group, name, null, active, canary, filled));
    }

    /** As Kubernetes' code generators guess it. */
    private static String plural(String kind) {
        var lower = kind.toLowerCase(Locale.ROOT);
        if (lower.matches(".*(s|x|z|ch|sh)")) {
            return lower + "es";
        }
        return lower.matches(".*[^aeiou]y") ? lower.substring(0, lower.length() - 1) + "ies" : lower + "s";
    }
}
