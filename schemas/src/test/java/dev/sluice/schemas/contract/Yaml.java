package dev.sluice.schemas.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.schemas.wire.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;

/** Documents as people read them. */
final class Yaml {
    private Yaml() {}

    static String write(Map<String, Object> document) {
        var options = new DumperOptions();
        options.setDefaultFlowStyle(FlowStyle.BLOCK);
        options.setWidth(140);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        return new org.yaml.snakeyaml.Yaml(options).dump(document);
    }

    static JsonNode read(String text) {
        return Json.mapper().valueToTree(new org.yaml.snakeyaml.Yaml().<Object>load(text));
    }

    /** @param keysAndValues one after the other; a null value is left out */
    static Map<String, Object> map(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            if (keysAndValues[i + 1] != null) {
                map.put((String) keysAndValues[i], keysAndValues[i + 1]);
            }
        }
        return map;
    }

    static Map<String, Object> ref(String where) {
        return map("$ref", where);
    }
}
