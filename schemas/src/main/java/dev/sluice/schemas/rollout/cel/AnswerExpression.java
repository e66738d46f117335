package dev.sluice.schemas.rollout.cel;

import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What makes a webhook's answer a failure, in CEL over {@code status} (a whole number), {@code headers} (values by name in lower
 * case), {@code text} (the body) and {@code body} (the same as JSON; null where it is none): {@code status >= 500 || body.state ==
 * "failed"}. It has no loops, so that evaluating it takes time in proportion to its length. Immutable and thread-safe.
 */
public final class AnswerExpression {
    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(4_096)
            .maxParseRecursionDepth(50)
            .enableHeterogeneousNumericComparisons(true)
            .enableComprehension(false)
            .build();
    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.HAS)
            .addVar("status", SimpleType.INT)
            .addVar("headers", MapType.create(SimpleType.STRING, SimpleType.STRING))
            .addVar("text", SimpleType.STRING)
            .addVar("body", SimpleType.DYN)
            .setResultType(SimpleType.BOOL)
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

    private final String expression;
    private final CelRuntime.Program program;

    private AnswerExpression(String expression, CelRuntime.Program program) {
        this.expression = expression;
        this.program = program;
    }

    /** @throws IllegalArgumentException that says what is wrong */
    public static AnswerExpression of(String expression) {
        try {
            return new AnswerExpression(
                    expression,
                    RUNTIME.createProgram(COMPILER.compile(expression).getAst()));
        } catch (CelValidationException e) {
            throw new IllegalArgumentException(words(e.getErrors()), e);
        } catch (CelEvaluationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Why the answer is a failure; empty where it is none. One that the expression can't be worked out for is one.
     *
     * @param body as Jackson makes objects of JSON: maps, lists, texts, numbers, booleans; null for none
     */
    public Optional<String> failure(int status, Map<String, String> headers, String text, Object body) {
        var values = new HashMap<String, Object>();
        values.put("status", (long) status);
        values.put("headers", headers);
        values.put("text", text);
        values.put("body", orNull(body));
        try {
            return Boolean.TRUE.equals(program.eval(values))
                    ? Optional.of("errorExpression is true of the answer: " + expression)
                    : Optional.empty();
        } catch (CelEvaluationException e) {
            return Optional.of("errorExpression can't be worked out for the answer: " + e.getMessage());
        }
    }

    /** CEL has one kind of whole numbers and one of others. */
    private static Object inCel(Object value) {
        return switch (value) {
            case Integer number -> number.longValue();
            case BigInteger number -> number.doubleValue();
            case BigDecimal number -> number.doubleValue();
            case Map<?, ?> map -> {
                var copy = new HashMap<Object, Object>();
                map.forEach((key, each) -> copy.put(key, orNull(each)));
                yield copy;
            }
            case List<?> list -> list.stream().map(AnswerExpression::orNull).toList();
            default -> value;
        };
    }

    private static Object orNull(Object value) {
        return value == null ? NullValue.NULL_VALUE : inCel(value);
    }

    private static String words(List<CelIssue> issues) {
        return issues.stream()
                .map(issue -> "column " + (issue.getSourceLocation().getColumn() + 1) + ": " + issue.getMessage())
                .collect(Collectors.joining("; "));
    }
}
