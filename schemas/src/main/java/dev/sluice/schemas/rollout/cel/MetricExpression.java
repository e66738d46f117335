package dev.sluice.schemas.rollout.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelParserFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.sluice.schemas.rollout.Question;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An expression in CEL over what is measured, compiled. It has no loops, so that evaluating it takes time in proportion to its
 * length, which is bounded. Immutable and thread-safe.
 */
public final class MetricExpression {
    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(16_384)
            .maxParseRecursionDepth(50)
            .enableHeterogeneousNumericComparisons(true)
            .enableComprehension(false)
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

    /**
     * Something that is measured.
     *
     * @param side {@code canary} or {@code stable}; null: whichever is looked at
     */
    public record Call(String side, Question asks) {}

    /** What an expression comes to. */
    public sealed interface Result {
        record Amount(double value) implements Result {}

        record Truth(boolean value) implements Result {}

        /** Something in it is no finite number: what it would come to says nothing. */
        record Undefined(String reason) implements Result {}
    }

    private final List<Call> calls;
    private final CelRuntime.Program program;

    private MetricExpression(List<Call> calls, CelRuntime.Program program) {
        this.calls = List.copyOf(calls);
        this.program = program;
    }

    /**
     * True or false, of both sides: {@code canary.rate("errors") > 2.0 * stable.rate("errors")}.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    public static MetricExpression condition(String text) {
        var calls = new MetricCalls();
        return compile(text, calls, calls.ofSides(), SimpleType.BOOL, "canary.rate(\"http_requests\")");
    }

    /**
     * A number of one side: {@code rate("errors") / (rate("hits") + rate("misses"))}.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    public static MetricExpression number(String text) {
        var calls = new MetricCalls();
        return compile(text, calls, calls.ofOneSide(), SimpleType.DOUBLE, "rate(\"http_requests\")");
    }

    private static MetricExpression compile(
            String text, MetricCalls calls, Stream<CelMacro> macros, CelType result, String example) {
        try {
            var parsed = CelParserFactory.standardCelParserBuilder()
                    .setOptions(OPTIONS)
                    .addMacros(macros.toList())
                    .build()
                    .parse(text)
                    .getAst();
            if (!calls.problems().isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", calls.problems()));
            }
            if (calls.calls().isEmpty()) {
                throw new IllegalArgumentException("measures nothing: what is measured is written like " + example);
            }
            return new MetricExpression(calls.calls(), RUNTIME.createProgram(checked(parsed, calls, result)));
        } catch (CelValidationException e) {
            throw new IllegalArgumentException(words(e.getErrors()), e);
        } catch (CelEvaluationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static CelAbstractSyntaxTree checked(CelAbstractSyntaxTree parsed, MetricCalls calls, CelType result)
            throws CelValidationException {
        var checker = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setResultType(result);
        for (int i = 0; i < calls.calls().size(); i++) {
            checker.addVar(MetricCalls.variable(i), SimpleType.DOUBLE);
        }
        return checker.build().check(parsed).getAst();
    }

    private static String words(List<CelIssue> issues) {
        var words = issues.stream()
                .map(issue -> "column " + (issue.getSourceLocation().getColumn() + 1) + ": " + issue.getMessage())
                .collect(Collectors.joining("; "));
        return words.contains("int, double") || words.contains("double, int")
                ? words + "; what is measured is a double: write 2.0, not 2"
                : words;
    }

    /** What has to be measured first, each once. */
    public List<Call> calls() {
        return calls;
    }

    /** @param measured a finite number for each call, in their order */
    public Result evaluate(double... measured) {
        var values = new HashMap<String, Object>();
        for (int i = 0; i < measured.length; i++) {
            values.put(MetricCalls.variable(i), measured[i]);
        }
        var isUndefined = new AtomicBoolean();
        try {
            var value = program.trace(values, (expression, found) -> {
                if (found instanceof Double number && !Double.isFinite(number)) {
                    isUndefined.set(true);
                }
            });
            if (isUndefined.get()) {
                return new Result.Undefined("something in it is not a finite number, such as 0 / 0");
            }
            return value instanceof Boolean truth
                    ? new Result.Truth(truth)
                    : new Result.Amount(((Number) value).doubleValue());
        } catch (CelEvaluationException e) {
            return new Result.Undefined(e.getMessage());
        }
    }
}
