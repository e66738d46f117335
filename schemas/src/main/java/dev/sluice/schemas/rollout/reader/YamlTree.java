package dev.sluice.schemas.rollout.reader;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.sluice.schemas.wire.Json;
import dev.sluice.schemas.wire.StrictJson;
import dev.sluice.schemas.wire.UnacceptableJson;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * YAML as a JSON tree, by YAML 1.2's core schema: only {@code true}, {@code false}, {@code null} and plain numbers are
 * anything but text, so that {@code 1.10}, {@code on} and {@code 2026-12-20} stay what was written. Anchors and aliases
 * work, up to a bound on what they grow to; tags do not.
 */
public final class YamlTree {
    private static final int MAX_NODES = 50_000;
    private static final int MAX_CODE_POINTS = 1 << 20;
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,18})");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]{0,18})\\.[0-9]{1,18}");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private int nodes;

    private YamlTree() {}

    public static JsonNode parse(String text) throws UnacceptableJson {
        try {
            var root = new Yaml(new SafeConstructor(limits())).compose(new StringReader(text));
            if (root == null) {
                throw new UnacceptableJson("the file is empty");
            }
            var tree = new YamlTree().convert(root, 0);
            StrictJson.check(tree);
            return tree;
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            throw new UnacceptableJson("not readable as YAML%s: %s"
                    .formatted(
                            mark == null
                                    ? ""
                                    : " (line %d, column %d)".formatted(mark.getLine() + 1, mark.getColumn() + 1),
                            e.getProblem()));
        } catch (YAMLException e) {
            throw new UnacceptableJson("not readable as YAML: " + e.getMessage());
        }
    }

    private static LoaderOptions limits() {
        var options = new LoaderOptions();
        options.setCodePointLimit(MAX_CODE_POINTS);
        options.setNestingDepthLimit(Json.MAX_DEPTH);
        options.setMaxAliasesForCollections(50);
        options.setAllowRecursiveKeys(false);
        return options;
    }

    private JsonNode convert(Node node, int depth) throws UnacceptableJson {
        // aliases share their node, so a small file can unfold to a huge or an endless one
        if (++nodes > MAX_NODES || depth > Json.MAX_DEPTH) {
            throw new UnacceptableJson("the file is too large or too deep once its aliases are followed");
        }
        return switch (node) {
            case MappingNode mapping -> object(mapping, depth);
            case SequenceNode sequence -> {
                var array = JSON.arrayNode();
                for (var item : sequence.getValue()) {
                    array.add(convert(item, depth + 1));
                }
                yield array;
            }
            case ScalarNode scalar -> scalar(scalar);
            default -> throw new UnacceptableJson("an alias without its anchor" + at(node));
        };
    }

    private JsonNode object(MappingNode mapping, int depth) throws UnacceptableJson {
        var object = JSON.objectNode();
        for (var entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                throw new UnacceptableJson("a key has to be a text" + at(entry.getKeyNode()));
            }
            if (object.has(key.getValue())) {
                throw new UnacceptableJson("the key `" + key.getValue() + "` is there twice" + at(key));
            }
            object.set(key.getValue(), convert(entry.getValueNode(), depth + 1));
        }
        return object;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        var text = scalar.getValue();
        if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
            return JSON.textNode(text);
        }
        return switch (text) {
            case "true", "True", "TRUE" -> JSON.booleanNode(true);
            case "false", "False", "FALSE" -> JSON.booleanNode(false);
            case "", "~", "null", "Null", "NULL" -> JSON.nullNode();
            default -> number(text);
        };
    }

    private static JsonNode number(String text) {
        if (INTEGER.matcher(text).matches()) {
            var integer = new BigInteger(text);
            return integer.bitLength() < Integer.SIZE ? JSON.numberNode(integer.intValue()) : JSON.numberNode(integer);
        }
        return DECIMAL.matcher(text).matches() ? DecimalNode.valueOf(new BigDecimal(text)) : JSON.textNode(text);
    }

    private static String at(Node node) {
        return " (line %d)".formatted(node.getStartMark().getLine() + 1);
    }
}
