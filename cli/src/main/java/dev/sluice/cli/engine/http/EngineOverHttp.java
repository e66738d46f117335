package dev.sluice.cli.engine.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.cli.Stop;
import dev.sluice.cli.engine.Engine;
import dev.sluice.cli.engine.PastRollout;
import dev.sluice.cli.engine.Pauses;
import dev.sluice.cli.engine.Read;
import dev.sluice.cli.engine.RolloutShown;
import dev.sluice.schemas.message.Audit;
import dev.sluice.schemas.message.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The engine as its HTTP API shows it. */
public final class EngineOverHttp implements Engine {
    private static final int PAGE = 100;
    /** The engine may answer sooner: then it is asked again. */
    private static final Duration ONE_WAIT = Duration.ofSeconds(10);

    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final HttpCalls calls;

    public EngineOverHttp(HttpCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<Problem> send(ObjectNode command) throws Stop {
        var accepted = calls.post("/api/commands", Map.of(), command.toString());
        return list(accepted.path("warnings"), Problem[].class);
    }

    @Override
    public List<Audit> outcome(String application, String command, Duration longest) throws Stop {
        var end = System.nanoTime() + longest.toNanos();
        while (true) {
            var left = Math.clamp(end - System.nanoTime(), 0, ONE_WAIT.toNanos());
            var asked = Map.of("id", command, "wait", Duration.ofNanos(left).toMillis() + "ms");
            var found = answered(() -> calls.get("/api/commands/" + path(application), asked));
            if (found.isPresent() || end - System.nanoTime() <= 0) {
                return found.map(decisions -> list(decisions, Audit[].class)).orElse(List.of());
            }
            Pauses.take(BETWEEN);
        }
    }

    private interface Asking {
        Optional<JsonNode> ask() throws Stop;
    }

    /** The command is taken: an engine that is away for a moment says later what became of it. */
    private static Optional<JsonNode> answered(Asking asking) throws Stop {
        try {
            return asking.ask();
        } catch (Stop e) {
            if (e.mayPass()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public List<RolloutShown> rollouts(String phase) throws Stop {
        var all = new ArrayList<RolloutShown>();
        while (true) {
            var asked = new LinkedHashMap<String, Object>(Map.of("limit", PAGE));
            if (phase != null) {
                asked.put("phase", phase);
            }
            if (!all.isEmpty()) {
                asked.put("after", all.getLast().application());
            }
            var page = calls.get("/api/rollouts", asked)
                    .map(found -> list(found, RolloutShown[].class))
                    .orElse(List.of());
            all.addAll(page);
            if (page.size() < PAGE) {
                return all;
            }
        }
    }

    @Override
    public Optional<RolloutShown> rollout(String application) throws Stop {
        return calls.get("/api/rollouts/" + path(application), Map.of())
                .map(found -> Read.MAPPER.convertValue(found, RolloutShown.class));
    }

    @Override
    public List<PastRollout> history(String application, int most) throws Stop {
        return calls.get("/api/history/" + path(application), Map.of("limit", most))
                .map(found -> list(found, PastRollout[].class))
                .orElse(List.of());
    }

    @Override
    public List<Audit> decisions(String application, int most) throws Stop {
        return calls.get("/api/decisions/" + path(application), Map.of("limit", most))
                .map(found -> list(found, Audit[].class))
                .orElse(List.of());
    }

    private static String path(String application) {
        return Stream.of(application.split("/", -1)).map(HttpCalls::encoded).collect(Collectors.joining("/"));
    }

    private static <T> List<T> list(JsonNode array, Class<T[]> type) {
        return array.isArray() ? List.of(Read.MAPPER.convertValue(array, type)) : List.of();
    }

    @Override
    public void close() {
        calls.close();
    }
}
