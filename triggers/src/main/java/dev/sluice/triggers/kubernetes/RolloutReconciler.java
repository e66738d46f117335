package dev.sluice.triggers.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.wire.Json;
import dev.sluice.triggers.Meters;
import dev.sluice.triggers.config.TriggersConfig;
import dev.sluice.triggers.core.Memory;
import dev.sluice.triggers.core.Picture;
import dev.sluice.triggers.core.Standing;
import dev.sluice.triggers.core.Subject;
import dev.sluice.triggers.core.Turn;
import dev.sluice.triggers.kafka.CommandSender;
import dev.sluice.triggers.kafka.CommandSender.NotSent;
import dev.sluice.triggers.kafka.News;
import dev.sluice.triggers.kafka.Reach;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Carries out what the core says of one resource: sends what it asks for, then writes down what is so. In this order, for a command
 * that is sent again has the same id and no second effect, and one that was only written down would never be sent.
 */
@Singleton
@ControllerConfiguration(
        name = "sluicerollouts",
        finalizerName = RolloutReconciler.FINALIZER,
        // annotations count too
        generationAwareEventProcessing = false,
        informer = @Informer)
class RolloutReconciler implements Reconciler<SluiceRollout>, Cleaner<SluiceRollout> {
    static final String FINALIZER = "sluice.dev/rollback";
    static final String MANAGER = "sluice-triggers";

    private static final Logger LOG = Logger.getLogger(RolloutReconciler.class);
    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration LATER = Duration.ofSeconds(5);
    private static final int MOST_SENT = 10_000;

    private static final PatchContext APPLIED = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(MANAGER)
            .withForce(true)
            .build();

    private final News news;
    private final Reach reach;
    private final Watched<SluiceRollout> watched;
    private final CommandSender sender;
    private final Meters meters;
    private final Duration askAgainAfter;
    /** By command. Whoever has just started knows of none, and asks again at once: that is no second effect. */
    private final Map<String, Instant> sent = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_SENT;
        }
    });

    RolloutReconciler(News news, Reach reach, CommandSender sender, Meters meters, TriggersConfig config) {
        this.news = news;
        this.reach = reach;
        this.watched = new Watched<>(news);
        this.sender = sender;
        this.meters = meters;
        this.askAgainAfter = config.triggers().askAgainAfter();
    }

    @Override
    public List<EventSource<?, SluiceRollout>> prepareEventSources(EventSourceContext<SluiceRollout> context) {
        return List.of(watched.source());
    }

    @Override
    public UpdateControl<SluiceRollout> reconcile(SluiceRollout resource, Context<SluiceRollout> context) {
        var outcome = look(resource);
        if (outcome.isEmpty()) {
            return UpdateControl.<SluiceRollout>noUpdate().rescheduleAfter(SOON);
        }
        var control = outcome.get().changed() == null
                ? UpdateControl.<SluiceRollout>noUpdate()
                : UpdateControl.patchStatus(outcome.get().changed());
        return outcome.get().again() == null
                ? control
                : control.rescheduleAfter(outcome.get().again());
    }

    @Override
    public DeleteControl cleanup(SluiceRollout resource, Context<SluiceRollout> context) {
        // before all else: who lets go means it, whether or not Kafka is there and what is remembered can be read
        if (Subject.mayGo(resource.getMetadata().getAnnotations())) {
            return letGo(resource);
        }
        var outcome = look(resource);
        if (outcome.isEmpty()) {
            return DeleteControl.noFinalizerRemoval().rescheduleAfter(SOON);
        }
        if (outcome.get().turn().letsGo()) {
            return letGo(resource);
        }
        if (outcome.get().changed() != null) {
            context.getClient()
                    .resource(outcome.get().changed())
                    .subresource("status")
                    .patch(APPLIED);
        }
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(LATER);
    }

    private DeleteControl letGo(SluiceRollout resource) {
        watched.remove(application(resource), ResourceID.fromResource(resource));
        return DeleteControl.defaultDelete();
    }

    /**
     * @param changed with the status that it should have; null where it has
     * @param again when to look again though nothing happens; null: not
     */
    private record Outcome(Turn turn, SluiceRollout changed, Duration again) {}

    /** Empty as long as it isn't known what runs. */
    private Optional<Outcome> look(SluiceRollout resource) {
        watched.add(application(resource), ResourceID.fromResource(resource));
        if (!reach.isThere()) {
            return Optional.empty();
        }
        var subject = resource.subject();
        var before = standing(resource.getStatus());
        var memory = before.map(Standing::memory).orElse(Memory.NOTHING);
        var seen = news.of(application(resource));
        var turn = Turn.of(subject, memory, seen, before.map(Standing::phase).orElse(null));
        try {
            for (var command : due(turn)) {
                send(command, subject);
            }
        } catch (NotSent e) {
            meters.notSent("resource");
            LOG.warnf("not sent application=%s reason=%s", application(resource), e.getMessage());
            return Optional.of(outcome(resource, subject, turn.unsent(memory, e.getMessage()), before, LATER));
        }
        return Optional.of(outcome(resource, subject, turn, before, turn.awaited() == null ? null : askAgainAfter));
    }

    /** What follows now, or what was sent long ago and has no answer. */
    private List<Command> due(Turn turn) {
        var awaited = turn.awaited();
        if (!turn.commands().isEmpty() || awaited == null) {
            return turn.commands();
        }
        var last = sent.get(awaited.id());
        return last != null && last.plus(askAgainAfter).isAfter(Instant.now()) ? List.of() : List.of(awaited);
    }

    private void send(Command command, Subject subject) throws NotSent {
        sender.send(command);
        sent.put(command.id(), Instant.now());
        meters.sent("resource", command.type().word());
        LOG.infof(
                "sent type=%s id=%s application=%s resource=%s/%s",
                command.type().word(), command.id(), command.application(), subject.namespace(), subject.name());
    }

    private static Outcome outcome(
            SluiceRollout resource, Subject subject, Turn turn, Optional<Standing> before, Duration again) {
        var status = tree(
                Picture.of(subject, turn, before.orElse(null), Instant.now().truncatedTo(ChronoUnit.SECONDS)));
        var isSame = before.map(RolloutReconciler::tree).filter(status::equals).isPresent();
        return new Outcome(turn, isSame ? null : withStatus(resource, status), again);
    }

    /** Nothing but the status, so that nothing else is applied. */
    private static SluiceRollout withStatus(SluiceRollout resource, ObjectNode status) {
        var bare = new SluiceRollout();
        bare.setMetadata(new ObjectMetaBuilder()
                .withNamespace(resource.getMetadata().getNamespace())
                .withName(resource.getMetadata().getName())
                .withUid(resource.getMetadata().getUid())
                .build());
        bare.setSpec(null);
        bare.setStatus(status);
        return bare;
    }

    private static String application(SluiceRollout resource) {
        return resource.getSpec().path("application").asText();
    }

    private static ObjectNode tree(Standing standing) {
        return Json.mapper().valueToTree(standing);
    }

    private static Optional<Standing> standing(ObjectNode status) {
        if (status == null || !status.has("memory")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.mapper().treeToValue(status, Standing.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the status was written by another version: " + e.getOriginalMessage(), e);
        }
    }
}
