package dev.sluice.applier.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The flags of a command line: {@code --name value} or {@code --name=value}. */
record Flags(Map<String, List<String>> values) {
    private static final String DASHES = "--";

    static Flags parse(List<String> words, List<String> known) throws Refused {
        var values = new LinkedHashMap<String, List<String>>();
        var rest = words.iterator();
        while (rest.hasNext()) {
            var word = rest.next();
            var parts = word.split("=", 2);
            if (!word.startsWith(DASHES) || !known.contains(parts[0].substring(DASHES.length()))) {
                throw new Refused("what is '" + word + "'? Known are --" + String.join(", --", known));
            }
            if (parts.length == 1 && !rest.hasNext()) {
                throw new Refused(word + " lacks its value: " + word + " <value>");
            }
            values.computeIfAbsent(parts[0].substring(DASHES.length()), name -> new ArrayList<>())
                    .add(parts.length == 2 ? parts[1] : rest.next());
        }
        return new Flags(values);
    }

    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    Optional<String> one(String name) throws Refused {
        if (all(name).size() > 1) {
            throw new Refused(DASHES + name + " is given twice: keep one of " + all(name));
        }
        return all(name).stream().findFirst();
    }

    /** @param what its value is, for people */
    String needed(String name, String what) throws Refused {
        return one(name).orElseThrow(() -> new Refused(DASHES + name + " is missing: " + what));
    }
}
