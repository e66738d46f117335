package dev.sluice.triggers.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.triggers.core.Subject;
import dev.sluice.triggers.core.Wish;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A rollout as an object of a cluster. Spec and status are trees: what this version doesn't know is kept as it is. */
@Group(SluiceRollout.GROUP)
@Version(SluiceRollout.VERSION)
@Kind(SluiceRollout.KIND)
@Plural(SluiceRollout.PLURAL)
@ShortNames("slr")
public class SluiceRollout extends CustomResource<ObjectNode, ObjectNode> implements Namespaced {
    static final String GROUP = "sluice.dev";
    static final String VERSION = "v1";
    static final String KIND = "SluiceRollout";
    static final String PLURAL = "sluicerollouts";
    static final String DEFINITION = PLURAL + "." + GROUP;

    private static final long serialVersionUID = 1;

    @Override
    protected ObjectNode initSpec() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    protected ObjectNode initStatus() {
        return null;
    }

    Subject subject() {
        return new Subject(
                getMetadata().getUid(),
                getMetadata().getNamespace(),
                getMetadata().getName(),
                getMetadata().getGeneration(),
                isMarkedForDeletion(),
                getMetadata().getAnnotations(),
                Wish.of(getSpec()));
    }
}
