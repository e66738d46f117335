package dev.sluice.engine.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.sluice.engine.core.state.State;
import dev.sluice.schemas.wire.Json;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The form in which states are stored. What a rollout is to do is kept beside where it stands: it is large and changes seldom, so
 * no event writes it, and an instance that knows it does not even ask for it (ADR 0044).
 */
@Singleton
public class StateForm {
    /** The first that has the plan in a column of its own. */
    private static final int PLAN_APART = 2;

    /** {@link FormUpgrade} says what is new in it. */
    private static final int OF_GATES = 3;

    /** The first that has all plans of a state there, see {@link PlanDocument}; and of promotions which rollout followed. */
    private static final int OF_PROMOTIONS = 4;

    /**
     * Of a rollout that is being observed, and of no other: an earlier version would take its plan for one to carry out. Once it is over
     * nothing of it is to be carried out: no version waits for another because of what has been observed.
     */
    private static final int NEWEST = 5;

    private static final int MOST_CHARS = 10_000_000;
    private static final int ID_DIGITS = 24;

    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final KnownPlans known = new KnownPlans(MOST_CHARS);

    public StateForm() {
        var mapper = Json.mapper().copy().registerModule(new ByName()).registerModule(new OfSome());
        this.writer = mapper.writer();
        this.reader = mapper.readerFor(State.class);
    }

    /**
     * A state as its row holds it.
     *
     * @param planId null where there is no plan
     * @param plan null where the row is not to be written with it, and where it was not asked for
     */
    public record Stored(String state, int format, String planId, String plan) {}

    /** Plans that need not be asked for. */
    public static final class Known {
        private final Map<String, KnownPlans.Plan> plans;

        private Known(Map<String, KnownPlans.Plan> plans) {
            this.plans = plans;
        }

        /** Their ids by application, as JSON. */
        String ids() {
            return Sql.json(plans.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, plan -> plan.getValue().id())));
        }
    }

    Known known(Set<String> applications) {
        return new Known(known.get(applications));
    }

    /** Of a state without its routes; the plan only where it isn't the one that the row was read or stored with. */
    public Stored encode(State state) {
        if (state.rollout() == null) {
            return new Stored(write(state, PlanParts.NONE), OF_PROMOTIONS, null, null);
        }
        var form = state.rollout().isObserving() && state.running() ? NEWEST : OF_PROMOTIONS;
        var plans = PlanDocument.of(state);
        var plan = known.get(state.application());
        if (plan != null && plan.parts().areOf(plans)) {
            return new Stored(write(state, plan.parts()), form, plan.id(), null);
        }
        var json = Sql.json(plans);
        return new Stored(write(state, new PlanParts(plans)), form, id(json), json);
    }

    /** What was encoded is in its row now: the plan needs neither be written nor asked for again. */
    public void stored(State state, Stored row) {
        if (row.plan() != null) {
            var parts = new PlanParts(PlanDocument.of(state));
            known.put(
                    state.application(),
                    new KnownPlans.Plan(row.planId(), parts, row.plan().length()));
        }
    }

    /**
     * Without its routes, which are rows of their own.
     *
     * @throws StateTooNew where a later version stored it
     */
    State decode(String name, Stored row, Known asked) {
        if (row.format() > NEWEST) {
            throw new StateTooNew("the state of " + name + " was stored by a later version, in form " + row.format()
                    + "; this one knows " + NEWEST + " and leaves it to that version: upgrade this engine");
        }
        if (row.state() == null) {
            return State.empty(name);
        }
        var parts = parts(name, row, asked);
        var state = row.format() >= OF_GATES ? read(row.state(), parts) : upgraded(row.state(), parts);
        return row.format() < OF_PROMOTIONS ? state.followed() : state;
    }

    /**
     * For a row that was read with its plan, or without it by an instance that had it.
     *
     * @param asked applications whose plans were known when the row was read
     */
    public State decode(String name, Stored row, Set<String> asked) {
        return decode(name, row, known(asked));
    }

    /** A row of form 1 may have a plan from when a later version wrote it: it is within what the earlier one wrote since. */
    private PlanParts parts(String name, Stored row, Known asked) {
        if (row.planId() == null || row.format() < PLAN_APART) {
            return PlanParts.NONE;
        }
        var plan = asked.plans.get(name);
        if (plan != null && plan.id().equals(row.planId())) {
            return plan.parts();
        }
        var parts = new PlanParts(PlanDocument.read(row.plan()));
        var fresh = new KnownPlans.Plan(row.planId(), parts, row.plan().length());
        known.put(name, fresh);
        return fresh.parts();
    }

    private String write(State state, PlanParts parts) {
        try {
            return writer.withAttribute(ByName.PARTS, parts).writeValueAsString(state);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("states can always be written as JSON", e);
        }
    }

    private State read(String json, PlanParts parts) {
        try {
            return reader.withAttribute(ByName.PARTS, parts).readValue(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was stored can be read again, but not as a state", e);
        }
    }

    private State upgraded(String json, PlanParts parts) {
        try {
            var upgraded =
                    new FormUpgrade(parts.targets()).upgraded(Json.mapper().readTree(json));
            return read(upgraded.toString(), parts);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was stored can be read again, but not as JSON", e);
        }
    }

    /** By what it says, so that no two plans have one id, whatever database came back. */
    private static String id(String json) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, ID_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
