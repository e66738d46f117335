package dev.sluice.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.sluice.schemas.rollout.reader.YamlTree;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.UnacceptableJson;
import java.util.stream.Collectors;

/** Reads a file of ours, and refuses keys that there aren't: a misspelt {@code groups} would be nobody. */
final class Yaml {
    private Yaml() {}

    static <T> T read(String text, Class<T> type) throws Unreadable {
        try {
            return Json.mapper()
                    .readerFor(type)
                    .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .readValue(YamlTree.parse(text));
        } catch (UnacceptableJson e) {
            throw new Unreadable(e.getMessage());
        } catch (ValueInstantiationException e) {
            var said =
                    e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage();
            throw new Unreadable(place(e) + said);
        } catch (JsonMappingException e) {
            throw new Unreadable(place(e) + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new Unreadable(e.getOriginalMessage());
        } catch (java.io.IOException e) {
            throw new Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static String place(JsonMappingException e) {
        return e.getPath().stream()
                .map(at -> at.getFieldName() == null ? Integer.toString(at.getIndex()) : at.getFieldName())
                .collect(Collectors.joining("/", "/", ": "));
    }
}
