package dev.sluice.triggers.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Cut;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A Deployment as it stands, whose template of pods starts a rollout when it changes. That it changed is the Deployment controller's word,
 * which numbers templates: a field that a newer Kubernetes adds to all of them is no change.
 *
 * @param annotations its own, and those of its template where it has none of that name
 * @param labels of its template
 * @param images of its containers, in their order
 */
public record Deployed(
        String uid,
        String namespace,
        String name,
        Map<String, String> annotations,
        Map<String, String> labels,
        List<String> images) {
    /** The rollout file's name below the folder of files. */
    public static final String FILE = "sluice.dev/rollout";
    /** The Deployment's uid and the template that was last started, or was there at first: ours, beside what people write. */
    public static final String STARTED = "sluice.dev/rollout-started";

    /** How every id begins that comes from a Deployment. */
    public static final String IDS = "deployment.";

    static final String REVISION = "sluice.dev/revision";
    static final String VERSION = "app.kubernetes.io/version";
    static final String TEMPLATE = "deployment.kubernetes.io/revision";

    private static final int LONGEST_ACTOR = 256;

    public Deployed {
        annotations = Map.copyOf(annotations);
        labels = Map.copyOf(labels);
        images = List.copyOf(images);
    }

    /** What can't be started as it stands. */
    public static final class Unfit extends Exception {
        private static final long serialVersionUID = 1;

        Unfit(String words) {
            super(words);
        }
    }

    /** Empty: it starts none. */
    public Optional<String> file() {
        return Optional.ofNullable(annotations.get(FILE)).map(String::strip).filter(name -> !name.isEmpty());
    }

    /** The template's number; empty as long as no controller has seen it. */
    public Optional<String> template() {
        return Optional.ofNullable(annotations.get(TEMPLATE));
    }

    /**
     * Whether it is looked at for the first time, so that nothing has changed yet.
     *
     * @param remembered what was kept apart from its annotations, for a tool may replace them all; null: nothing
     */
    public boolean isNew(String remembered) {
        return started(remembered).isEmpty();
    }

    public boolean hasChanged(String remembered) {
        return template().isPresent() && !template().equals(started(remembered));
    }

    /** A manifest that was exported somewhere has another's uid, and one that Git puts back an older number. */
    private Optional<String> started(String remembered) {
        var own = Optional.ofNullable(annotations.get(STARTED))
                .filter(words -> words.startsWith(uid + "/"))
                .map(words -> words.substring(uid.length() + 1));
        return Stream.of(own, Optional.ofNullable(remembered))
                .flatMap(Optional::stream)
                .max(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
    }

    /** What {@link #STARTED} says once this template is started. */
    public Optional<String> startedMark() {
        return template().map(number -> uid + "/" + number);
    }

    /** Of the template as it is: the same again is no second effect. Empty as long as no controller has seen it. */
    public Optional<String> command() {
        return template().map(number -> IDS + uid + "." + number);
    }

    /** @param file the rollout file that it names */
    public Command start(ObjectNode file) throws Unfit {
        if (!namespaces(file).contains(namespace)) {
            throw new Unfit(
                    "the rollout file %s has no target in the namespace %s: a Deployment starts rollouts of its own namespace only"
                            .formatted(file().orElseThrow(), namespace));
        }
        return new Command(
                command().orElseThrow(),
                CommandType.START,
                file.path("application").asText(),
                null,
                Cut.to(LONGEST_ACTOR, "GitOps: Deployment " + namespace + "/" + name),
                List.of(),
                "template " + template().orElseThrow() + " of the Deployment " + namespace + "/" + name,
                revision(),
                null,
                null,
                Wish.superseding(file),
                null,
                null,
                null,
                true,
                null,
                null,
                false,
                false);
    }

    private static List<String> namespaces(ObjectNode file) {
        return StreamSupport.stream(file.path("targets").spliterator(), false)
                .map(target -> target.path("namespace").asText())
                .toList();
    }

    /** What somebody says it is, before what the first image is called. */
    private String revision() throws Unfit {
        var said = Optional.ofNullable(annotations.get(REVISION)).or(() -> Optional.ofNullable(labels.get(VERSION)));
        if (said.filter(words -> !words.isBlank()).isPresent()) {
            return said.get().strip();
        }
        return images.stream()
                .findFirst()
                .flatMap(Deployed::tag)
                .orElseThrow(() -> new Unfit(
                        "its revision is unknown, for the first image has no tag but latest: label its template with %s, or annotate it with %s"
                                .formatted(VERSION, REVISION)));
    }

    /** People know the tag; the digest serves where there is none that tells versions apart. */
    private static Optional<String> tag(String image) {
        var digest = image.indexOf('@');
        var named = digest < 0 ? image : image.substring(0, digest);
        var colon = named.indexOf(':', named.lastIndexOf('/') + 1);
        var tag = colon < 0 ? "latest" : named.substring(colon + 1);
        if (!tag.equals("latest")) {
            return Optional.of(tag);
        }
        return digest < 0 ? Optional.empty() : Optional.of(image.substring(digest + 1));
    }
}
