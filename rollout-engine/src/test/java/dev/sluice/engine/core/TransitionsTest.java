package dev.sluice.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.engine.core.state.AnalysisRun;
import dev.sluice.engine.core.state.Stage;
import dev.sluice.engine.core.state.WakeUps;
import dev.sluice.schemas.message.Assessment;
import dev.sluice.schemas.message.Command;
import dev.sluice.schemas.message.CommandType;
import dev.sluice.schemas.message.Phase;
import dev.sluice.schemas.message.Verdict;
import dev.sluice.schemas.message.WeightReport;
import dev.sluice.schemas.rollout.RolloutFileReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every event leads to everywhere, as stated in {@code transitions.txt}: a line for each place with the first decision of each
 * event that has an effect there. Every pair is tried; one that isn't stated has to be refused, in words.
 */
class TransitionsTest {
    @TestFactory
    Stream<DynamicTest> everyEventEverywhere() {
        var stated = stated();
        return Places.all().keySet().stream()
                .map(place -> DynamicTest.dynamicTest(
                        place,
                        () -> assertThat(outcomes(place))
                                .as("transitions.txt, %s", place)
                                .isEqualTo(stated.getOrDefault(place, Map.of()))));
    }

    @Test
    void noPlaceIsStatedThatIsNone() {
        assertThat(stated().keySet()).isEqualTo(Places.all().keySet());
    }

    @Test
    void everyStageAndPhaseIsAPlace() {
        // given
        var stages = new HashSet<Class<?>>();
        var phases = new HashSet<Phase>();
        Places.all().forEach((name, place) -> {
            var it = place.get();
            if (it.state.rollout() != null) {
                stages.add(it.target("prod").stage().getClass());
                phases.add(it.phase());
            }
        });

        // then
        assertThat(stages).containsExactlyInAnyOrder(Stage.class.getPermittedSubclasses());
        assertThat(phases).containsExactlyInAnyOrder(Phase.values());
    }

    @Test
    void noTimeStaysDueOnceItWasTold() {
        Places.all().forEach((name, place) -> {
            var it = place.get().later(Duration.ofDays(1));
            assertThat(WakeUps.of(it.state))
                    .as(name)
                    .allMatch(wakeUp -> wakeUp.at().isAfter(it.now));
        });
    }

    /** By event, in the order of their names. */
    private static Map<String, String> outcomes(String place) {
        var outcomes = new TreeMap<String, String>();
        events().forEach((name, event) -> {
            var it = Places.all().get(place).get();
            event.accept(it);
            var first = it.decided.stream()
                    .filter(decision -> !(decision instanceof Decision.AbortNoted))
                    .findFirst();
            if (first.isPresent() && !isRefusal(first.get())) {
                outcomes.put(name, first.get().name());
            } else {
                assertThat(name.equals("time") || (first.isPresent() && isInWords(first.get())))
                        .as("%s in %s is refused in words", name, place)
                        .isTrue();
            }
        });
        return outcomes;
    }

    private static boolean isRefusal(Decision decision) {
        return decision instanceof Decision.Rejected || decision instanceof Decision.Ignored;
    }

    private static boolean isInWords(Decision decision) {
        return !decision.why().words().isBlank();
    }

    private static Map<String, Consumer<Scenario>> events() {
        var events = new LinkedHashMap<String, Consumer<Scenario>>();
        for (var type : CommandType.values()) {
            events.put(type.word(), it -> it.tell(command(it, type)));
        }
        for (var outcome : Verdict.Outcome.values()) {
            events.put("verdict-" + word(outcome), it -> verdict(it, outcome));
        }
        for (var outcome : WeightReport.Outcome.values()) {
            events.put("report-" + word(outcome), it -> report(it, outcome));
        }
        events.put("time", it -> it.later(Duration.ofDays(1)));
        return events;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Of somebody who may do anything; {@code goto} goes to the first step, and {@code assess} is of the last rollout. */
    private static Event command(Scenario it, CommandType type) {
        var target = switch (type) {
            case START, UPDATE, DELETE, FREEZE, UNFREEZE, ASSESS -> null;
            case PAUSE, RESUME, APPROVE, REJECT, SKIP, PROMOTE, ABORT, RETRY, UNDO, FINALIZE, GOTO, RELEASE, ABANDON ->
                it.state.rollout() == null ? null : "prod";
        };
        var last = it.state.rollout() == null ? "r" : it.state.rollout().id();
        var command = new Command(
                "c-1",
                type,
                "shop/checkout",
                target,
                "alice",
                List.of("sre"),
                null,
                type == CommandType.PROMOTE || type == CommandType.ABORT ? null : "1.4.3",
                Map.of(),
                List.of(),
                null,
                null,
                Map.of(),
                1,
                false,
                null,
                null,
                new Assessment(last, Assessment.Ending.WRONG),
                false,
                false);
        var file = type.takesFile() ? new RolloutFileReader.Read.Valid(Places.longerPlan()) : null;
        it.now = it.now.plusSeconds(1); // a start sent at the same time as an abort is stopped by it
        return new Event.CommandReceived(it.now, it.now, command, false, file);
    }

    private static void verdict(Scenario it, Verdict.Outcome outcome) {
        var open = it.state.rollout() == null
                ? Optional.<AnalysisRun>empty()
                : it.target("prod").judging().open().findFirst();
        var id = open.map(analysis -> analysis.id()).orElse("r/prod/step-9/1");
        var run = open.map(analysis -> analysis.nextRun()).orElse(1);
        var verdict =
                new Verdict(id + "/" + run, "r", "shop/checkout", "prod", id, run, outcome, null, List.of(), it.now);
        it.tell(new Event.VerdictReceived(it.now, verdict));
    }

    /** On the newest order, if there is one. */
    private static void report(Scenario it, WeightReport.Outcome outcome) {
        var order = it.orders.isEmpty() ? Places.all().get("beginning").get().lastOrder() : it.lastOrder();
        it.tell(Scenario.answer(order, outcome, "for a reason"));
    }

    private static Map<String, Map<String, String>> stated() {
        try (var in = TransitionsTest.class.getResourceAsStream("/transitions.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(":", 2))
                    .collect(
                            Collectors.toMap(line -> line[0], line -> pairs(line[1]), (a, b) -> a, LinkedHashMap::new));
        } catch (IOException e) {
            throw new IllegalStateException("transitions.txt is beside the tests", e);
        }
    }

    private static Map<String, String> pairs(String line) {
        return Arrays.stream(line.split(" "))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> pair.split("="))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (a, b) -> a, TreeMap::new));
    }
}
