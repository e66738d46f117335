package dev.sluice.schemas.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Parses what strangers send. Refused: anything but UTF-8, duplicate keys, trailing text, depth and lengths beyond the
 * bounds of {@link Json}, numbers that no double can hold, and strings that PostgreSQL or UTF-8 could not
 * hold later (NUL, half a surrogate pair): better here, where it is one dead letter, than in the middle of a transaction.
 */
public final class StrictJson {
    // exact decimals, so that a weight of 33.33 is checked, and a version 1.10 filled in, as it was written
    private static final ObjectReader READER = Json.mapper()
            .reader()
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

    /** Where Jackson's messages turn from what is wrong to its own settings. */
    private static final Pattern FOR_PROGRAMMERS = Pattern.compile("(: enable `JsonReadFeature| \\(start marker at).*");

    private StrictJson() {}

    public static JsonNode parse(byte[] utf8) throws UnacceptableJson {
        return parse(decode(utf8));
    }

    public static JsonNode parse(String text) throws UnacceptableJson {
        try {
            var tree = READER.readTree(text.startsWith("\uFEFF") ? text.substring(1) : text);
            if (tree == null || tree.isMissingNode()) {
                throw new UnacceptableJson("there is no JSON in it");
            }
            Contents.check(tree);
            return tree;
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new UnacceptableJson("not readable as JSON%s: %s"
                    .formatted(
                            at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr()),
                            FOR_PROGRAMMERS.matcher(e.getOriginalMessage()).replaceAll("")));
        } catch (NumberFormatException e) {
            // thrown past Jackson for an exponent that no exact decimal can have
            throw new UnacceptableJson("not readable as JSON: a number's exponent is too large");
        }
    }

    /** The bounds on strings and numbers, for trees that were not parsed here. */
    public static void check(JsonNode tree) throws UnacceptableJson {
        Contents.check(tree);
    }

    /** @throws UnacceptableJson with the reason that the record's constructor gave */
    public static <T> T toRecord(JsonNode tree, Class<T> type) throws UnacceptableJson {
        try {
            return Json.mapper().treeToValue(tree, type);
        } catch (ValueInstantiationException e) {
            // what the record's own constructor says, where it was that
            var said = e.getCause() == null ? null : e.getCause().getMessage();
            throw new UnacceptableJson(pointer(e) + ": " + (said == null ? e.getOriginalMessage() : said));
        } catch (JsonMappingException e) {
            throw new UnacceptableJson(pointer(e) + ": " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            throw new UnacceptableJson(e.getOriginalMessage());
        }
    }

    private static String pointer(JsonMappingException e) {
        var pointer = new StringBuilder();
        for (var reference : e.getPath()) {
            pointer.append('/')
                    .append(reference.getFieldName() == null ? reference.getIndex() : reference.getFieldName());
        }
        return pointer.toString();
    }

    private static String decode(byte[] utf8) throws UnacceptableJson {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnacceptableJson("not UTF-8");
        }
    }
}
