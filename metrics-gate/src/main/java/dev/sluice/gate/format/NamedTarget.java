package dev.sluice.gate.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.gate.core.TargetKey;
import java.io.IOException;
import java.util.Optional;

/** Whose event it would have been that nobody could read, as far as its beginning tells. */
public final class NamedTarget {
    private static final JsonFactory JSON = new JsonFactory();
    /** Those that are refused are long, if that is why. */
    private static final int BYTES_LOOKED_AT = 4096;

    private NamedTarget() {}

    /** @param value may be null */
    public static Optional<TargetKey> in(byte[] value) {
        if (value == null) {
            return Optional.empty();
        }
        String application = null;
        String target = null;
        try (var parser = JSON.createParser(value, 0, Math.min(value.length, BYTES_LOOKED_AT))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME && (application == null || target == null)) {
                var name = parser.currentName();
                parser.nextToken();
                if (name.equals("application")) {
                    application = parser.getValueAsString();
                } else if (name.equals("target")) {
                    target = parser.getValueAsString();
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException brokenFromHereOn) {
            return key(application, target);
        }
        return key(application, target);
    }

    private static Optional<TargetKey> key(String application, String target) {
        return application == null || target == null
                ? Optional.empty()
                : Optional.of(new TargetKey(application, target));
    }
}
