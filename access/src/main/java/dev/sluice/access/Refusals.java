package dev.sluice.access;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Tells refusals: to whoever asked, to the log and to whoever keeps an audit. A flood of them is counted, not written down. */
@ApplicationScoped
public class Refusals {
    /** How refusals are written: RFC 9457, with {@code error} and {@code todo} as all answers of Sluice have them. */
    public static final String PROBLEM = "application/problem+json";

    private static final Logger LOG = Logger.getLogger(Refusals.class);
    private static final int LONGEST_SHOWN = 200;
    private static final int LINES_A_SECOND = 5;
    private static final int LINES_AT_ONCE = 50;
    private static final int TOLD_A_SECOND = 1;
    private static final int TOLD_AT_ONCE = 30;

    private final Event<Refused> audit;
    private final CurrentVertxRequest request;
    private final Bucket lines = new Bucket(LINES_A_SECOND, LINES_AT_ONCE, System.nanoTime());
    private final Bucket told = new Bucket(TOLD_A_SECOND, TOLD_AT_ONCE, System.nanoTime());
    private final AtomicLong linesLeftOut = new AtomicLong();
    private final AtomicLong toldLeftOut = new AtomicLong();

    Refusals(Event<Refused> audit, CurrentVertxRequest request) {
        this.audit = audit;
        this.request = request;
    }

    /** @return what the answer says, as {@link #PROBLEM} */
    public String tell(Forbidden forbidden) {
        var context = request.getCurrent();
        var caller = Caller.of(context);
        log(403, caller.name(), forbidden.application(), context.request(), forbidden.getMessage());
        audit(forbidden, caller);
        return problem(Refusal.forbidden(forbidden.getMessage(), forbidden.todo()));
    }

    private void audit(Forbidden forbidden, Caller caller) {
        if (forbidden.application() != null && hasRoom(told)) {
            var more = left(toldLeftOut);
            audit.fire(new Refused(
                    forbidden.application(),
                    caller.name(),
                    forbidden.asked(),
                    forbidden.id(),
                    forbidden.getMessage() + more));
        } else if (forbidden.application() != null) {
            toldLeftOut.incrementAndGet();
        }
    }

    /** Answers it, too. */
    void answer(RoutingContext context, Refusal refusal, String actor) {
        log(refusal.status(), actor, null, context.request(), refusal.error());
        var response = context.response().setStatusCode(refusal.status());
        if (refusal.status() == 401) {
            response.putHeader("WWW-Authenticate", "Bearer realm=\"sluice\"");
        }
        if (refusal.retryAfter() != null) {
            response.putHeader(
                    "Retry-After",
                    Long.toString(Math.max(1, refusal.retryAfter().toSeconds())));
        }
        end(context, refusal);
    }

    private static void end(RoutingContext context, Refusal refusal) {
        context.response().putHeader("Content-Type", PROBLEM).end(problem(refusal));
        // what is still coming of its body is for nobody
        context.request().resume();
    }

    private static String problem(Refusal refusal) {
        return new JsonObject()
                .put("title", HttpResponseStatus.valueOf(refusal.status()).reasonPhrase())
                .put("status", refusal.status())
                .put("detail", refusal.error() + ". " + refusal.todo())
                .put("error", refusal.error())
                .put("todo", refusal.todo())
                .encode();
    }

    private void log(int status, String actor, String application, HttpServerRequest request, String words) {
        if (!hasRoom(lines)) {
            linesLeftOut.incrementAndGet();
            return;
        }
        LOG.warnf(
                "Refused, status=%d, actor=%s, application=%s, address=%s, request=%s: %s%s",
                status,
                shown(actor),
                shown(application),
                Address.of(request),
                shown(request.method() + " " + request.path()),
                oneLine(words),
                left(linesLeftOut));
    }

    private static boolean hasRoom(Bucket bucket) {
        return bucket.take(System.nanoTime()).isEmpty();
    }

    private static String left(AtomicLong leftOut) {
        var more = leftOut.getAndSet(0);
        return more == 0 ? "" : " (and " + more + " more refusals since the last that is told)";
    }

    private static String shown(String text) {
        return text == null ? "none" : oneLine(text.substring(0, Math.min(text.length(), LONGEST_SHOWN)));
    }

    /** What a path names may hold a line's end. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
