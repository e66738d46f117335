package dev.sluice.simulation.machine;

import dev.sluice.applier.core.RouteState;
import dev.sluice.applier.core.Rules;
import dev.sluice.applier.mesh.Meshes;
import dev.sluice.applier.mesh.Write;
import dev.sluice.engine.core.Decider;
import dev.sluice.engine.core.Decision;
import dev.sluice.engine.core.Event;
import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.Surroundings;
import dev.sluice.gate.core.GateEvent;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a run is made of: the rules of the services, and what their shells do around them. A mutant is a set of parts
 * of which one is broken.
 *
 * @param meshes the applier's
 * @param writes what becomes of what a mesh has planned
 * @param told what becomes of an event on its way to the gate's rules
 * @param omissions what shells leave out
 */
public record Parts(
        EngineRules engine,
        ApplierRules applier,
        Meshes meshes,
        UnaryOperator<List<Write>> writes,
        UnaryOperator<GateEvent> told,
        Set<Omission> omissions) {

    @FunctionalInterface
    public interface EngineRules {
        List<Decision> decide(State state, Surroundings around, Event event);
    }

    @FunctionalInterface
    public interface ApplierRules {
        List<dev.sluice.applier.core.Decision> decide(RouteState state, dev.sluice.applier.core.Event event);
    }

    /** A duty of a shell that a mutant forgets. */
    public enum Omission {
        /** Commits whatever offset the database is at. */
        GUARD,
        /** Takes a command's id for new every time. */
        COMMAND_IDS,
        /** Believes that a command is sent when it is read. */
        APPEND_TIME,
        /** Loads only the routes that the application holds itself. */
        ROUTES_OF_OTHERS,
        /** Deletes what it is going to send. */
        SENT_BEFORE_DELETED,
        /** Sends orders and everything else in one row, and nothing while one topic can't be written. */
        LANES,
        /** Takes a released route's order off its topic without asking whether somebody has claimed the route meanwhile. */
        STILL_FREE,
        /** Sends although another relay has taken over. */
        FENCED_RELAY,
        /** Forgets a call before it is made. */
        CALLED_BEFORE_FORGOTTEN,
        /** Takes any callback, whoever signed its token. */
        CALLBACK_TOKENS,
        /** Tells nobody who waits for it that a freeze is over. */
        LOOKS,
        /** Sets no alarm and never looks for what is due. */
        TIMERS,
        /** Takes an order that only observes for one to carry out. */
        OBSERVING,
        /** Says that all events are in without looking. */
        COMPLETENESS
    }

    public static final Parts REAL = new Parts(
            Decider::decide,
            new dev.sluice.applier.core.Decider(Rules.DEFAULT)::decide,
            new Meshes(),
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            Set.of());

    public Parts withEngine(EngineRules broken) {
        return new Parts(broken, applier, meshes, writes, told, omissions);
    }

    public Parts withApplier(ApplierRules broken) {
        return new Parts(engine, broken, meshes, writes, told, omissions);
    }

    public Parts withMeshes(Meshes broken) {
        return new Parts(engine, applier, broken, writes, told, omissions);
    }

    public Parts withWrites(UnaryOperator<List<Write>> broken) {
        return new Parts(engine, applier, meshes, broken, told, omissions);
    }

    public Parts withTold(UnaryOperator<GateEvent> broken) {
        return new Parts(engine, applier, meshes, writes, broken, omissions);
    }

    public Parts without(Omission duty) {
        return new Parts(engine, applier, meshes, writes, told, EnumSet.of(duty));
    }

    boolean omit(Omission duty) {
        return omissions.contains(duty);
    }
}
