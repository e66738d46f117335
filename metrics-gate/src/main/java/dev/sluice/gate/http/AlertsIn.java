package dev.sluice.gate.http;

import dev.sluice.access.Callers;
import dev.sluice.gate.alert.FreezeRules;
import dev.sluice.gate.alert.Monitors;
import dev.sluice.gate.alert.Said;
import dev.sluice.gate.alert.SaidAlert;
import dev.sluice.gate.format.foreign.Drop;
import dev.sluice.gate.format.foreign.Mapped;
import dev.sluice.gate.kafka.Meters;
import dev.sluice.gate.kafka.MetricSender;
import dev.sluice.gate.source.Unanswered;
import dev.sluice.schemas.message.MetricEvent;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/** Webhooks of monitors: answers once Kafka has the alerts, and says what became of each. */
@Path("/api/alerts/{monitor}")
@Singleton
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class AlertsIn {
    private static final Logger LOG = Logger.getLogger(AlertsIn.class);
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_ALERTS = 1000;
    private static final int NAMED = 20;
    private static final int LONGEST_NAME = 256;

    private final Monitors monitors;
    private final MetricSender sender;
    private final Meters meters;
    private final Callers callers;
    private final Clock clock = Clock.systemUTC();

    AlertsIn(Monitors monitors, MetricSender sender, Meters meters, Callers callers) {
        this.callers = callers;
        this.monitors = monitors;
        this.sender = sender;
        this.meters = meters;
    }

    @POST
    public Response take(
            @PathParam("monitor") String name,
            @HeaderParam("Authorization") String authorization,
            @QueryParam("token") String token,
            byte[] body) {
        var open = monitors.named(name).orElse(null);
        if (open == null) {
            return refused(
                    404,
                    monitors.names().contains(name)
                            ? "sluice.gate.alerts." + name + " is not configured"
                            : "there is no such monitor; known are " + monitors.names());
        }
        try {
            if (open.token() != null && !open.token().isShown(Shown.in(authorization, token))) {
                // SNS shows what stands in its URL, user:password@, only when it is asked
                return Response.fromResponse(refused(401, "the request shows no token, or not the right one"))
                        .header("WWW-Authenticate", "Basic realm=\"sluice\"")
                        .build();
            }
        } catch (Unanswered e) {
            LOG.error("the token of a monitor's requests cannot be read", e);
            return later("the token that requests must show cannot be read");
        }
        if (open.token() == null && !callers.now().maySendAny()) {
            return refused(403, NotAllowed.words(callers.now()));
        }
        return body.length > MOST_BYTES
                ? tooLarge()
                : answer(open, open.monitor().read(body));
    }

    private Response answer(Monitors.Open open, Said said) {
        return switch (said) {
            case Said.Alerts(var alerts) -> alerts.size() > MOST_ALERTS ? tooLarge() : taken(open, alerts);
            case Said.Done(var what) -> {
                LOG.infof("a monitor's request is done: %s", what);
                yield Response.ok(Map.of("done", what)).build();
            }
            case Said.Malformed(var why) -> refused(400, why);
            case Said.Refused(var why) -> refused(403, why);
            case Said.Later(var why) -> later(why);
        };
    }

    private Response taken(Monitors.Open open, List<SaidAlert> alerts) {
        var events = new ArrayList<Mapped.Event>();
        var others = new ArrayList<Map<String, String>>();
        var reasons = new EnumMap<Drop, Long>(Drop.class);
        var monitor = open.monitor().name();
        for (var alert : alerts) {
            switch (mapped(open, alert)) {
                case Mapped.Event event -> events.add(event);
                case Mapped.Dropped(var why) -> {
                    reasons.merge(why, 1L, Long::sum);
                    if (others.size() < NAMED) {
                        others.add(Map.of("alert", shortened(alert.name()), "reason", why.word()));
                    }
                }
            }
        }
        try {
            sender.send(events);
        } catch (KafkaException e) {
            return later("Kafka does not answer: " + e.getMessage());
        }
        meters.handedOver(monitor, events.size());
        reasons.forEach((why, dropped) -> meters.dropped(monitor, why, dropped));
        var answer = new LinkedHashMap<String, Object>();
        answer.put("mapped", events.size());
        answer.put("notMapped", alerts.size() - events.size());
        answer.put("reasons", words(reasons));
        answer.put("alerts", others);
        return Response.ok(answer).build();
    }

    private Mapped mapped(Monitors.Open open, SaidAlert alert) {
        var mapped = open.mapping().map(alert, clock.instant());
        return mapped instanceof Mapped.Event event && !maySend(open, event.event())
                ? new Mapped.Dropped(Drop.NOT_ALLOWED)
                : mapped;
    }

    /** A monitor with a token of its own speaks for every application that its mapping names; for the gate itself none does. */
    private boolean maySend(Monitors.Open open, MetricEvent event) {
        return !FreezeRules.isTold(event)
                && (open.token() != null || callers.now().maySend(event.application()));
    }

    private static Map<String, Long> words(Map<Drop, Long> reasons) {
        var words = new LinkedHashMap<String, Long>();
        reasons.forEach((why, dropped) -> words.put(why.word(), dropped));
        return words;
    }

    private static String shortened(String name) {
        return name == null ? "" : name.substring(0, Math.min(name.length(), LONGEST_NAME));
    }

    private static Response tooLarge() {
        return refused(413, "at most " + MOST_ALERTS + " alerts and " + MOST_BYTES + " bytes at once");
    }

    private static Response later(String why) {
        return Response.fromResponse(refused(503, why))
                .header("Retry-After", "1")
                .build();
    }

    private static Response refused(int status, String why) {
        return Response.status(status)
                .entity(Map.of("error", why))
                .type(MediaType.APPLICATION_JSON)
                .build();
    }
}
