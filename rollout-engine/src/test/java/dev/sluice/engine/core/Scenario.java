package dev.sluice.engine.core;

import dev.sluice.engine.core.state.State;
import dev.sluice.engine.core.state.Surroundings;
import dev.sluice.engine.core.state.TargetRun;
import dev.sluice.engine.core.told.Publication;
import dev.sluice.engine.core.told.Publications;
import dev.sluice.engine.core.told.StatusView;
import dev.sluice.schemas.Topic;
import dev.sluice.schemas.Weight;
import dev.sluice.schemas.message.Assessment;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Fence;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Status;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.WeightOrder;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.rollout.RolloutFileReader;
import dev.sluice.schemas.rollout.RolloutPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One application told one event after the other; remembers what it decided and what it published. */
final class Scenario {
    static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    State state = State.empty("shop/checkout");
    Instant now = START;
    Surroundings surroundings = Surroundings.NONE;
    /** When the next commands are sent; null: as they are read. */
    Instant sentAt;
    /** By which the next commands of people come. */
    Entrance entrance = Entrance.BELIEVED;

    List<Decision> decided = List.of();
    List<Publication> published = List.of();
    final List<WeightOrder> orders = new ArrayList<>();
    /** Checks that nobody has answered. */
    final List<WeightOrder> checks = new ArrayList<>();
    /** Orders that only observe. */
    final List<WeightOrder> observations = new ArrayList<>();
    /** Whether an applier finds nothing in the way, each time before something else happens. */
    boolean isUnhindered = true;

    private int commands;

    Scenario tell(Event event) {
        while (isUnhindered && !checks.isEmpty()) {
            take(new Event.ReportReceived(now, answer(checks.getFirst(), WeightReport.Outcome.CHECKED, null)));
        }
        return take(event);
    }

    private Scenario take(Event event) {
        checks.removeIf(check -> event instanceof Event.ReportReceived(var at, var report)
                && report.outcome() == WeightReport.Outcome.CHECKED
                && report.route().equals(check.route()));
        decided = Decider.decide(state, surroundings, event);
        published = Publications.of(state, event, decided);
        state = Replay.apply(state, decided);
        messages(Topic.WEIGHTS, WeightOrder.class)
                .forEach(order -> listOf(order).add(order));
        return this;
    }

    private List<WeightOrder> listOf(WeightOrder order) {
        return order.observe() ? observations : order.check() ? checks : orders;
    }

    /** An applier sees that another tool has given the canary so much. */
    Scenario seen(int percent) {
        var order = observations.getLast();
        return tell(WeightReport.observed(order, Weight.percent(percent), Map.of(), false, null, "argo", now));
    }

    Scenario start(RolloutPlan plan) {
        return start("start-" + ++commands, plan);
    }

    Scenario start(String id, RolloutPlan plan) {
        var command = command(CommandType.START, id, "ci", List.of(), null, null, false);
        return tell(new Event.CommandReceived(
                now, sentAt == null ? now : sentAt, command, false, new RolloutFileReader.Read.Valid(plan), entrance));
    }

    /** A start of this revision, by a person unless {@code automated}. */
    Scenario start(String id, String revision, boolean automated, RolloutPlan plan) {
        return ask(CommandType.START, id, revision, automated, new RolloutFileReader.Read.Valid(plan));
    }

    /** Something that is asked of the application as a whole. */
    Scenario ask(CommandType type, String id, String revision, boolean automated) {
        return ask(type, id, revision, automated, null);
    }

    private Scenario ask(CommandType type, String id, String revision, boolean automated, RolloutFileReader.Read file) {
        var command = new Command(
                id,
                type,
                "shop/checkout",
                null,
                automated ? "trigger" : "bob",
                List.of(),
                null,
                revision,
                Map.of(),
                List.of(),
                null,
                null,
                Map.of(),
                null,
                automated,
                null,
                null,
                false,
                false);
        return tell(new Event.CommandReceived(now, sentAt == null ? now : sentAt, command, false, file, entrance));
    }

    Scenario say(CommandType type) {
        return say(type, "alice", List.of(), null, null, false);
    }

    Scenario say(
            CommandType type, String actor, List<String> roles, String target, Command.Expect expect, boolean force) {
        var id = type.word() + "-" + ++commands;
        return tell(new Event.CommandReceived(
                now,
                sentAt == null ? now : sentAt,
                command(type, id, actor, roles, target, expect, force),
                false,
                null,
                entrance));
    }

    /** The tool that decides says how the rollout ended that runs now. */
    Scenario told(CommandType type) {
        return told(type, state.rollout().id());
    }

    Scenario told(CommandType type, String rollout) {
        return say(type, "alice", List.of(), null, new Command.Expect(rollout, null), false);
    }

    Scenario goTo(int step, String... roles) {
        var command = new Command(
                "goto-" + ++commands,
                CommandType.GOTO,
                "shop/checkout",
                null,
                "alice",
                List.of(roles),
                null,
                null,
                Map.of(),
                List.of(),
                null,
                null,
                Map.of(),
                step,
                false,
                null,
                null,
                false,
                false);
        return tell(new Event.CommandReceived(now, now, command, false, null));
    }

    Scenario assess(String rollout, Assessment.Ending ending, String reason, boolean automated) {
        var command = new Command(
                "assess-" + ++commands,
                CommandType.ASSESS,
                "shop/checkout",
                null,
                "alice",
                List.of(),
                reason,
                null,
                Map.of(),
                List.of(),
                null,
                null,
                Map.of(),
                null,
                automated,
                null,
                null,
                new Assessment(rollout, ending),
                false,
                false);
        return tell(new Event.CommandReceived(now, now, command, false, null));
    }

    Scenario update(RolloutPlan plan) {
        var command = command(CommandType.UPDATE, "update-" + ++commands, "alice", List.of(), null, null, false);
        var file = new RolloutFileReader.Read.Valid(plan);
        return tell(new Event.CommandReceived(now, now, command, false, file, entrance));
    }

    static Command command(
            CommandType type,
            String id,
            String actor,
            List<String> roles,
            String target,
            Command.Expect expect,
            boolean force) {
        return new Command(
                id,
                type,
                "shop/checkout",
                target,
                actor,
                roles,
                null,
                type == CommandType.PROMOTE || type == CommandType.ABORT ? null : "1.4.2",
                Map.of(),
                List.of(),
                null,
                expect,
                Map.of(),
                force,
                false);
    }

    Scenario applied() {
        return report(WeightReport.Outcome.APPLIED, null);
    }

    /** Every route of the newest orders answers so. */
    Scenario report(WeightReport.Outcome outcome, String reason) {
        for (var order : newestOrders()) {
            tell(new Event.ReportReceived(now, answer(order, outcome, reason)));
        }
        return this;
    }

    /** The newest order is answered so, and these revisions are seen behind its backends. */
    Scenario running(WeightReport.Outcome outcome, String active, String canary) {
        return running(lastOrder(), outcome, new WeightReport.Workloads(active, canary, true));
    }

    Scenario running(WeightOrder order, WeightReport.Outcome outcome, WeightReport.Workloads workloads) {
        var said = answer(order, outcome, outcome == WeightReport.Outcome.WAITING ? "not yet" : null);
        return tell(new WeightReport(
                said.rollout(),
                said.application(),
                said.target(),
                said.route(),
                said.generation(),
                said.sequence(),
                said.weight(),
                outcome,
                null,
                said.uid(),
                null,
                workloads,
                Map.of(),
                false,
                null,
                null,
                said.reason(),
                null,
                List.of(),
                now));
    }

    Scenario tell(WeightReport report) {
        return tell(new Event.ReportReceived(now, report));
    }

    /** The newest order of this route. */
    WeightOrder orderOf(String route) {
        return orders.reversed().stream()
                .filter(order -> order.route().equals(route))
                .findFirst()
                .orElseThrow();
    }

    /** Applied, by an applier whose every look for so long found no ready endpoint behind the active backend. */
    static WeightReport appliedOverEmptyActive(WeightOrder order, Duration emptyFor) {
        var none = new WeightReport.Endpoints(new WeightReport.Ready(0), new WeightReport.Ready(3));
        return answer(order, WeightReport.Outcome.APPLIED, null, null, none, Map.of(), emptyFor);
    }

    static WeightReport answer(WeightOrder order, WeightReport.Outcome outcome, String reason) {
        return answer(order, outcome, reason, null, null, Map.of());
    }

    static WeightReport answer(
            WeightOrder order,
            WeightReport.Outcome outcome,
            String reason,
            Fence by,
            WeightReport.Endpoints endpoints,
            Map<String, Double> found) {
        return answer(order, outcome, reason, by, endpoints, found, null);
    }

    private static WeightReport answer(
            WeightOrder order,
            WeightReport.Outcome outcome,
            String reason,
            Fence by,
            WeightReport.Endpoints endpoints,
            Map<String, Double> found,
            Duration activeEmptyFor) {
        return new WeightReport(
                order.rollout(),
                order.application(),
                order.target(),
                order.route(),
                order.generation(),
                order.sequence(),
                order.weight(),
                outcome,
                null,
                "uid-1",
                endpoints,
                null,
                found,
                false,
                activeEmptyFor,
                by,
                reason,
                "kubectl-edit",
                List.of(),
                START);
    }

    /** The newest order of each route that is still under a running target. */
    List<WeightOrder> newestOrders() {
        var newest = new java.util.LinkedHashMap<String, WeightOrder>();
        orders.forEach(order -> newest.put(order.route(), order));
        return newest.values().stream()
                .filter(order -> state.rollout() != null
                        && state.rollout().target(order.target()).isPresent()
                        && !state.rollout()
                                .target(order.target())
                                .orElseThrow()
                                .position()
                                .isEnded())
                .toList();
    }

    WeightOrder lastOrder() {
        return orders.getLast();
    }

    Scenario verdict(String analysis, int run, Verdict.Outcome outcome) {
        return verdict(analysis, run, outcome, "error-rate");
    }

    /** Judged by this query alone. */
    Scenario verdict(String analysis, int run, Verdict.Outcome outcome, String query) {
        return verdict(analysis, run, outcome, null, result(query, outcome));
    }

    /** A run passed, and the canary got this share of the requests, in percent; null: nobody knows. */
    Scenario share(String analysis, int run, Verdict.Share share) {
        return verdict(analysis, run, Verdict.Outcome.PASS, share, result("error-rate", Verdict.Outcome.PASS));
    }

    /** A run whose score came to this, while its only query came to that. */
    Scenario scored(String analysis, int run, Verdict.Outcome outcome, Verdict.Outcome query) {
        return verdict(analysis, run, outcome, null, result("error-rate", query));
    }

    private static Verdict.QueryResult result(String query, Verdict.Outcome outcome) {
        return new Verdict.QueryResult(
                query, outcome, 0.02, 0.001, new Verdict.Samples(1000, 9000), "upperLimit 0.01", "5xx 2 %", false);
    }

    /** A run of this target's analysis came to this. */
    Scenario verdict(String target, String analysis, int run, Verdict.Outcome outcome) {
        return verdict(target, analysis, run, outcome, null, result("error-rate", outcome));
    }

    private Scenario verdict(
            String analysis, int run, Verdict.Outcome outcome, Verdict.Share share, Verdict.QueryResult result) {
        return verdict("prod", analysis, run, outcome, share, result);
    }

    private Scenario verdict(
            String target,
            String analysis,
            int run,
            Verdict.Outcome outcome,
            Verdict.Share share,
            Verdict.QueryResult result) {
        var verdict = new Verdict(
                analysis + "/" + run,
                state.rollout().id(),
                "shop/checkout",
                target,
                analysis,
                run,
                outcome,
                share,
                List.of(result),
                now);
        return tell(new Event.VerdictReceived(now, verdict));
    }

    Scenario later(Duration duration) {
        now = now.plus(duration);
        return tell(new Event.TimeReached(now));
    }

    TargetRun target(String name) {
        return state.rollout().target(name).orElseThrow();
    }

    Phase phase() {
        return target("prod").position().phase();
    }

    Weight ordered() {
        return lastOrder().weight();
    }

    Status status() {
        return StatusView.of(state, target("prod"), now);
    }

    <T> List<T> messages(Topic topic, Class<T> type) {
        return published.stream()
                .filter(publication -> publication.topic() == topic)
                .filter(Publication.Message.class::isInstance)
                .map(publication -> type.cast(((Publication.Message) publication).message()))
                .toList();
    }

    /** Why the last command was rejected. */
    String refusal() {
        return decided(Decision.Rejected.class).why().words();
    }

    <D extends Decision> D decided(Class<D> type) {
        return decided.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " among " + decided));
    }

    boolean hasDecided(Class<? extends Decision> type) {
        return decided.stream().anyMatch(type::isInstance);
    }
}
