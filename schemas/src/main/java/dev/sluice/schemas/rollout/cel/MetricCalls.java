package dev.sluice.schemas.rollout.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.sluice.schemas.rollout.Question;
import dev.sluice.schemas.rollout.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * What an expression measures. Each call is taken out while the expression is parsed, and a variable stands in its place: what is
 * measured is known before anything is, and what is left has no functions of ours and no loops.
 */
final class MetricCalls {
    /** With a number behind metric and labels or, where it takes none, null. */
    private static final Map<String, BiFunction<Selector, Double, Question>> FUNCTIONS = Map.of(
            "rate", (of, none) -> new Question.Rate(of),
            "count", (of, none) -> new Question.Count(of),
            "sum", (of, none) -> new Question.Sum(of),
            "mean", (of, none) -> new Question.Mean(of),
            "min", (of, none) -> new Question.Min(of),
            "max", (of, none) -> new Question.Max(of),
            "quantile", Question.Quantile::new,
            "over", Question.Over::new);

    private static final List<String> WITH_NUMBER = List.of("quantile", "over");
    private static final List<String> SIDES = List.of("canary", "stable");

    private final List<MetricExpression.Call> calls = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    List<MetricExpression.Call> calls() {
        return calls;
    }

    List<String> problems() {
        return problems;
    }

    static String variable(int call) {
        return "measured" + call;
    }

    /** {@code canary.rate("m")} and {@code stable.rate("m")}. */
    @SuppressWarnings("Immutable") // they serve one parser, which parses once
    Stream<CelMacro> ofSides() {
        return FUNCTIONS.keySet().stream()
                .map(name -> CelMacro.newReceiverVarArgMacro(name, (factory, target, arguments) -> {
                    if (target.exprKind().getKind() != ExprKind.Kind.IDENT
                            || !SIDES.contains(target.ident().name())) {
                        return Optional.empty();
                    }
                    return Optional.of(call(factory, target.ident().name(), name, arguments));
                }));
    }

    /** {@code rate("m")}, of whichever side is looked at. */
    @SuppressWarnings("Immutable") // likewise
    Stream<CelMacro> ofOneSide() {
        return FUNCTIONS.keySet().stream()
                .map(name -> CelMacro.newGlobalVarArgMacro(
                        name, (factory, target, arguments) -> Optional.of(call(factory, null, name, arguments))));
    }

    private CelExpr call(CelMacroExprFactory factory, String side, String name, ImmutableList<CelExpr> arguments) {
        try {
            var call = new MetricExpression.Call(side, question(name, arguments));
            var at = calls.indexOf(call);
            if (at < 0) {
                at = calls.size();
                calls.add(call);
            }
            return factory.newIdentifier(variable(at));
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
            return factory.newIdentifier(variable(0));
        }
    }

    private static Question question(String name, List<CelExpr> arguments) {
        var rest = new ArrayList<>(arguments);
        if (rest.isEmpty() || !isText(rest.getFirst())) {
            throw new IllegalArgumentException(form(name));
        }
        var metric = rest.removeFirst().constant().stringValue();
        var labels = !rest.isEmpty() && rest.getFirst().getKind() == ExprKind.Kind.MAP
                ? labels(name, rest.removeFirst())
                : Map.<String, String>of();
        var takesNumber = WITH_NUMBER.contains(name);
        if (rest.size() != (takesNumber ? 1 : 0)) {
            throw new IllegalArgumentException(form(name));
        }
        var number = takesNumber ? number(name, rest.getFirst()) : null;
        return FUNCTIONS.get(name).apply(new Selector(metric, labels), number);
    }

    private static Map<String, String> labels(String name, CelExpr map) {
        var labels = new TreeMap<String, String>();
        for (var entry : map.map().entries()) {
            if (!isText(entry.key()) || !isText(entry.value())) {
                throw new IllegalArgumentException(form(name));
            }
            labels.put(
                    entry.key().constant().stringValue(),
                    entry.value().constant().stringValue());
        }
        return labels;
    }

    private static double number(String name, CelExpr expression) {
        if (expression.getKind() == ExprKind.Kind.CONSTANT) {
            var constant = expression.constant();
            if (constant.getKind() == CelConstant.Kind.DOUBLE_VALUE) {
                return constant.doubleValue();
            }
            if (constant.getKind() == CelConstant.Kind.INT64_VALUE) {
                return constant.int64Value();
            }
        }
        throw new IllegalArgumentException(form(name));
    }

    private static boolean isText(CelExpr expression) {
        return expression.getKind() == ExprKind.Kind.CONSTANT
                && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    private static String form(String name) {
        return WITH_NUMBER.contains(name)
                ? name + " takes a metric, its labels where they matter, and a number, all written out: " + name
                        + "(\"http_latency_ms\", {\"path\": \"/pay\"}, 0.99)"
                : name + " takes a metric and its labels where they matter, all written out: " + name
                        + "(\"http_requests\", {\"code\": \"5..\"})";
    }
}
