package dev.sluice.triggers.kubernetes;

import dev.sluice.schemas.message.Cut;
import dev.sluice.triggers.core.Prints;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jboss.logging.Logger;

/** Events of an object, for {@code kubectl describe}. The same words of the same template are one event, however often they are said. */
final class Told {
    private static final Logger LOG = Logger.getLogger(Told.class);
    /** What is left of a name's 253 characters beside a dot and a print. */
    private static final int LONGEST_NAME = 230;

    private static final int LONGEST_MESSAGE = 1024;

    private final KubernetesClient client;
    private final HasMetadata about;
    private final String template;

    Told(KubernetesClient client, HasMetadata about, String template) {
        this.client = client;
        this.about = about;
        this.template = template;
    }

    void normal(String reason, String words) {
        tell("Normal", reason, words);
    }

    void warning(String reason, String words) {
        tell("Warning", reason, words);
    }

    private void tell(String type, String reason, String words) {
        var metadata = about.getMetadata();
        var print = Prints.of(metadata.getUid() + " " + template + " " + reason + " " + words);
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        var event = new EventBuilder()
                .withNewMetadata()
                .withNamespace(metadata.getNamespace())
                .withName(Cut.to(LONGEST_NAME, metadata.getName()) + "." + print)
                .endMetadata()
                .withNewInvolvedObject()
                .withApiVersion(about.getApiVersion())
                .withKind(about.getKind())
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .endInvolvedObject()
                .withType(type)
                .withReason(reason)
                .withMessage(Cut.to(LONGEST_MESSAGE, words))
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .withNewSource()
                .withComponent(RolloutReconciler.MANAGER)
                .endSource()
                .withReportingComponent(RolloutReconciler.MANAGER)
                .build();
        try {
            client.v1().events().resource(event).create();
        } catch (KubernetesClientException e) {
            // conflict: it was told before
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                LOG.warnf("no event of %s/%s: %s", metadata.getNamespace(), metadata.getName(), e.getMessage());
            }
        }
    }
}
