package dev.sluice.triggers.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.triggers.Meters;
import dev.sluice.triggers.core.Answer;
import dev.sluice.triggers.core.Deployed;
import dev.sluice.triggers.files.RolloutFiles;
import dev.sluice.triggers.files.RolloutFiles.NoFile;
import dev.sluice.triggers.kafka.CommandSender;
import dev.sluice.triggers.kafka.CommandSender.NotSent;
import dev.sluice.triggers.kafka.News;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;

/**
 * Starts what a Deployment's annotation names, once for each of its templates. First it is sent, then written down: what is sent again has
 * the same id. What can't be started stays to be started, so that it is once somebody has corrected it.
 */
@Singleton
@ControllerConfiguration(
        name = "deployments",
        // annotations count too
        generationAwareEventProcessing = false,
        informer = @Informer)
class DeploymentReconciler implements Reconciler<Deployment> {
    private static final Logger LOG = Logger.getLogger(DeploymentReconciler.class);
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LATER = Duration.ofSeconds(30);
    private static final int MOST_KNOWN = 10_000;

    private final News news;
    private final Watched<Deployment> watched;
    private final RolloutFiles files;
    private final CommandSender sender;
    private final Meters meters;
    /** By uid, what the annotation says too: a tool that replaces a whole object takes that away, and changes the template with it. */
    private final Map<String, Known> known = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            if (size() > MOST_KNOWN) {
                forget(eldest.getValue());
                return true;
            }
            return false;
        }
    });

    /**
     * @param template null: none is known
     * @param application what its file is about; null where no file could be read
     */
    private record Known(ResourceID id, String template, String application) {}

    DeploymentReconciler(News news, RolloutFiles files, CommandSender sender, Meters meters) {
        this.news = news;
        this.watched = new Watched<>(news);
        this.files = files;
        this.sender = sender;
        this.meters = meters;
    }

    @Override
    public List<EventSource<?, Deployment>> prepareEventSources(EventSourceContext<Deployment> context) {
        return List.of(watched.source());
    }

    @Override
    public UpdateControl<Deployment> reconcile(Deployment resource, Context<Deployment> context) {
        var uid = resource.getMetadata().getUid();
        var deployed = deployed(resource);
        if (deployed.file().isEmpty()) {
            // whoever annotates it again begins anew
            forget(known.remove(uid));
            return deployed.annotations().containsKey(Deployed.STARTED)
                    ? UpdateControl.patchResource(withStarted(resource, null))
                    : UpdateControl.noUpdate();
        }
        if (deployed.template().isEmpty()) {
            return UpdateControl.noUpdate();
        }
        var template = deployed.template().get();
        var told = new Told(context.getClient(), resource, template);
        var before = known.get(uid);
        var started = before == null ? null : before.template();
        try {
            var file = files.read(deployed.file().get());
            know(resource, started, application(file));
            if (deployed.isNew(started)) {
                // whether it could be, so that nobody learns that from the first change
                var next = deployed.start(file);
                told.normal("RolloutWaits", "the next change of its template starts " + next.application());
            } else if (deployed.hasChanged(started)) {
                start(deployed, file, told);
            } else {
                answer(deployed, application(file), told);
            }
            return remember(resource, deployed, template);
        } catch (NotSent e) {
            meters.notSent("deployment");
            LOG.warnf("not sent deployment=%s/%s reason=%s", deployed.namespace(), deployed.name(), e.getMessage());
            return e.isHopeless()
                    ? unfit(told, e.getMessage())
                    : UpdateControl.<Deployment>noUpdate().rescheduleAfter(SOON);
        } catch (NoFile | Deployed.Unfit e) {
            var control = unfit(told, e.getMessage());
            return deployed.isNew(started) ? remember(resource, deployed, template) : control;
        }
    }

    private void start(Deployed deployed, ObjectNode file, Told told) throws NotSent, Deployed.Unfit {
        var start = deployed.start(file);
        sender.send(start);
        meters.sent("deployment", start.type().word());
        LOG.infof(
                "sent type=start id=%s application=%s deployment=%s/%s",
                start.id(), start.application(), deployed.namespace(), deployed.name());
        told.normal(
                "RolloutAsked", "asked for %s %s by %s".formatted(start.application(), start.revision(), start.id()));
    }

    private static UpdateControl<Deployment> unfit(Told told, String words) {
        told.warning("RolloutNotAsked", words);
        return UpdateControl.<Deployment>noUpdate().rescheduleAfter(LATER);
    }

    private void know(Deployment resource, String template, String application) {
        var now = new Known(ResourceID.fromResource(resource), template, application);
        var before = known.put(resource.getMetadata().getUid(), now);
        if (before != null && !Objects.equals(before.application(), application)) {
            forget(before);
        }
        if (application != null) {
            watched.add(application, now.id());
        }
    }

    /** @param gone null: nothing was known */
    private void forget(Known gone) {
        if (gone != null && gone.application() != null) {
            watched.remove(gone.application(), gone.id());
        }
    }

    private static String application(ObjectNode file) {
        return file.path("application").asText();
    }

    private void answer(Deployed deployed, String application, Told told) {
        deployed.command()
                .flatMap(news.of(application)::answer)
                .filter(answer -> answer.kind() == Answer.Kind.REFUSED || answer.kind() == Answer.Kind.DROPPED)
                .ifPresent(answer -> told.warning("RolloutRefused", answer.words()));
    }

    private UpdateControl<Deployment> remember(Deployment resource, Deployed deployed, String template) {
        var before = known.get(deployed.uid());
        know(resource, template, before == null ? null : before.application());
        var mark = deployed.startedMark().orElseThrow();
        return mark.equals(deployed.annotations().get(Deployed.STARTED))
                ? UpdateControl.noUpdate()
                : UpdateControl.patchResource(withStarted(resource, mark));
    }

    /** Nothing but the annotation, so that nothing else is applied; null takes it away. */
    private static Deployment withStarted(Deployment resource, String mark) {
        var metadata = new ObjectMetaBuilder()
                .withNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .withUid(resource.getMetadata().getUid());
        if (mark != null) {
            metadata.addToAnnotations(Deployed.STARTED, mark);
        }
        return new DeploymentBuilder().withMetadata(metadata.build()).build();
    }

    private static Deployed deployed(Deployment resource) {
        var metadata = resource.getMetadata();
        var template = resource.getSpec().getTemplate();
        var annotations = new HashMap<String, String>();
        var labels = new HashMap<String, String>();
        if (template.getMetadata() != null) {
            annotations.putAll(template.getMetadata().getAnnotations());
            labels.putAll(template.getMetadata().getLabels());
        }
        annotations.putAll(metadata.getAnnotations());
        return new Deployed(
                metadata.getUid(),
                metadata.getNamespace(),
                metadata.getName(),
                annotations,
                labels,
                template.getSpec().getContainers().stream()
                        .map(Container::getImage)
                        .toList());
    }
}
