package dev.sluice.access;

import io.quarkus.arc.All;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * What every request comes through before anything else of a service sees it: closed, but for what an {@link OpenEntrance} names. A
 * resource that is new is behind it without anybody's doing.
 */
@ApplicationScoped
class Door {
    private static final Logger LOG = Logger.getLogger(Door.class);
    /** Before Quarkus's own filters, of which the first, CORS, has 300. */
    private static final int FIRST = 1000;

    private static final String BEARER = "bearer ";
    private static final String METRICS = "/q/metrics";

    private final AccessConfig config;
    private final AccessFiles files;
    private final Proofs proofs;
    private final Limits limits;
    private final CrossSite crossSite;
    private final Refusals refusals;
    private final List<OpenEntrance> open;

    Door(
            AccessConfig config,
            AccessFiles files,
            Proofs proofs,
            Limits limits,
            CrossSite crossSite,
            Refusals refusals,
            @All List<OpenEntrance> open) {
        this.config = config;
        this.files = files;
        this.proofs = proofs;
        this.limits = limits;
        this.crossSite = crossSite;
        this.refusals = refusals;
        this.open = open;
    }

    void hang(@Observes Filters filters) {
        filters.register(this::enter, FIRST);
        if (isOff()) {
            LOG.warn("ACCESS IS OFF (sluice.access.mode=off): whoever reaches this service may do everything, and is"
                    + " whoever they say. For a sandbox on one machine, and for nothing else.");
        } else if (!proofs.isConfigured()) {
            LOG.warnf("Nobody is let in: %s", proofs.none().todo());
        } else if (!files.hasRules()) {
            LOG.warn("Nobody may anything: name the file that says who may, in sluice.access.rules (docs/access.md)");
        }
    }

    private boolean isOff() {
        return config.mode() == AccessConfig.Mode.OFF;
    }

    private void enter(RoutingContext context) {
        SecurityHeaders.addTo(context);
        var request = context.request();
        var foreign = crossSite.refusal(request);
        if (foreign.isPresent()) {
            refusals.answer(context, foreign.get(), null);
        } else if (isOff()) {
            Caller.ANYBODY.enter(context);
            context.next();
        } else if (isOpen(request)) {
            enterOpen(context);
        } else {
            prove(context);
        }
    }

    private boolean isOpen(HttpServerRequest request) {
        return open.stream().anyMatch(one -> one.isOpen(request.method().name(), request.path()));
    }

    private void enterOpen(RoutingContext context) {
        limits.ask(Address.of(context.request()), System.nanoTime())
                .ifPresentOrElse(wait -> refusals.answer(context, Refusal.tooOften(wait), null), context::next);
    }

    private void prove(RoutingContext context) {
        var shown = context.request().headers().getAll("Authorization");
        if (shown.size() != 1 || !shown.getFirst().toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            refuse(context, proofs.none());
            return;
        }
        var loop = context.vertx().getOrCreateContext();
        // its body is for whoever it is let through to
        context.request().pause();
        proofs.of(shown.getFirst().substring(BEARER.length()).strip())
                .emitOn(next -> loop.runOnContext(ignored -> next.run()))
                .subscribe()
                .with(identity -> enter(context, identity), failure -> fail(context, failure));
    }

    private void fail(RoutingContext context, Throwable failure) {
        if (failure instanceof Unproven unproven) {
            refuse(context, unproven.refusal());
        } else {
            LOG.error("A token could not be looked at", failure);
            refuse(context, Refusal.later("The token cannot be looked at now"));
        }
    }

    /** Of nobody; those who try often are told no more than that. */
    private void refuse(RoutingContext context, Refusal refusal) {
        var wait = limits.ask(Address.of(context.request()), System.nanoTime());
        refusals.answer(context, wait.map(Refusal::tooOften).orElse(refusal), null);
    }

    private void enter(RoutingContext context, Identity identity) {
        var caller = Caller.of(identity, files.rules());
        var wait = limits.ask(caller, System.nanoTime());
        if (wait.isPresent()) {
            refusals.answer(context, Refusal.tooOften(wait.get()), caller.name());
        } else if (!mayEnter(caller, context)) {
            refusals.answer(context, stranger(caller), caller.name());
        } else {
            caller.enter(context);
            context.request().resume();
            context.next();
        }
    }

    /** What of which application is for the service to say: here, that there is any at all. Metrics are of all of them. */
    private static boolean mayEnter(Caller caller, RoutingContext context) {
        var request = context.request();
        if (context.normalizedPath().startsWith(METRICS)) {
            return caller.maySeeAll();
        }
        return request.path().equals(Me.PATH)
                || (CrossSite.isSafe(request)
                        ? caller.maySeeAny()
                        : !caller.grants().isEmpty());
    }

    private Refusal stranger(Caller caller) {
        return Refusal.forbidden(
                caller.name() + " has no role for this here",
                files.hasRules()
                        ? Forbidden.ASK
                        : "Name the file that says who may do what, in sluice.access.rules (docs/access.md)");
    }
}
