package dev.sluice.applier.cli;

import dev.sluice.applier.mesh.Document;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Kubernetes objects as YAML, read and written so that kubectl takes them for the same. */
final class Manifests {
    /** What every reader takes for text; {@code 12e3}, {@code 1:30}, {@code 010} or {@code y} one or the other doesn't. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]+");

    private Manifests() {}

    /** Every object of the text: of several documents, and of the lists that {@code kubectl get} prints. */
    static List<Document> read(String text) throws Refused {
        try {
            var documents = new ArrayList<Document>();
            for (var loaded : yaml().loadAll(text)) {
                if (loaded != null) {
                    documents.addAll(objects(loaded));
                }
            }
            return documents;
        } catch (YAMLException unreadable) {
            throw new Refused("standard input is not readable as YAML: " + unreadable.getMessage());
        }
    }

    static String write(List<Document> documents) {
        return documents.stream()
                .map(document -> "---\n" + yaml().dump(document.content()))
                .collect(Collectors.joining());
    }

    private static List<Document> objects(Object loaded) throws Refused {
        if (!(loaded instanceof Map<?, ?> map)) {
            throw new Refused("standard input is no Kubernetes object: give it as kubectl get -o yaml prints it");
        }
        var document = new Document(object(map));
        return "List".equals(document.text("kind")) ? document.list("items") : List.of(document);
    }

    /** As JSON has it: keys are text, and nothing is shared. */
    private static Map<String, Object> object(Map<?, ?> map) {
        var object = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> object.put(String.valueOf(key), value(value)));
        return object;
    }

    private static Object value(Object value) {
        return switch (value) {
            case Map<?, ?> map -> object(map);
            case List<?> list ->
                new ArrayList<>(list.stream().map(Manifests::value).toList());
            case null -> null;
            default -> value;
        };
    }

    private static Yaml yaml() {
        var reading = new LoaderOptions();
        reading.setAllowDuplicateKeys(false);
        var writing = new DumperOptions();
        writing.setDefaultFlowStyle(FlowStyle.BLOCK);
        writing.setIndicatorIndent(2);
        writing.setIndentWithIndicator(true);
        writing.setSplitLines(false);
        return new Yaml(new SafeConstructor(reading), new Quoting(writing), writing, reading, new AsKubectl());
    }

    /** kubectl's reader knows times and base 60 as text. */
    private static final class AsKubectl extends Resolver {
        private static final Pattern WHOLE = Pattern.compile("[-+]?(0|[1-9][0-9]*|0[0-7]+|0x[0-9a-fA-F]+)");
        private static final Pattern DECIMAL =
                Pattern.compile("[-+]?([0-9]+\\.[0-9]*|\\.[0-9]+|[0-9]+(?=[eE]))([eE][-+]?[0-9]+)?");

        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, BOOL, "yYnNtTfFoO");
            addImplicitResolver(Tag.INT, WHOLE, "-+0123456789");
            addImplicitResolver(Tag.FLOAT, DECIMAL, "-+0123456789.");
            addImplicitResolver(Tag.MERGE, MERGE, "<");
            addImplicitResolver(Tag.NULL, NULL, "~nN\0");
            addImplicitResolver(Tag.NULL, EMPTY, null);
        }
    }

    private static final class Quoting extends Representer {
        private static final Resolver RESOLVER = new AsKubectl();

        Quoting(DumperOptions options) {
            super(options);
        }

        @Override
        protected Node representScalar(Tag tag, String value, ScalarStyle style) {
            return super.representScalar(
                    tag, value, Tag.STR.equals(tag) && isUnclear(value) ? ScalarStyle.DOUBLE_QUOTED : style);
        }

        private static boolean isUnclear(String text) {
            var isText = RESOLVER.resolve(NodeId.scalar, text, true).equals(Tag.STR);
            return !text.contains("\n") && !(isText && PLAIN.matcher(text).matches());
        }
    }
}
