package dev.sluice.schemas.rollout.cel;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A webhook's {@code errorExpression}: CEL that is true where an answer means failure. It knows {@code status} (a whole number),
 * {@code body} (a string), {@code json} (the body read as JSON; null where it is none) and {@code headers} (by names in lower
 * case). Bounded: its length, and how often its loops ({@code all}, {@code exists}) turn altogether; it has no {@code +}, by which an
 * answer could be made to fill the heap. Immutable and thread-safe.
 */
public final class AnswerExpression {
    /** The longest, in characters: with it the work that one can ask for is bounded. */
    public static final int LONGEST = 1024;

    private static final int MOST_TURNS = 1000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(50)
            .comprehensionMaxIterations(MOST_TURNS)
            .enableHeterogeneousNumericComparisons(true)
            .build();
    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            // nothing that makes texts or lists longer than the answer: the heap is everybody's
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                    .excludeFunctions(CelStandardDeclarations.StandardFunction.ADD)
                    .build())
            .setStandardMacros(CelStandardMacro.HAS, CelStandardMacro.ALL, CelStandardMacro.EXISTS)
            .addVar("status", SimpleType.INT)
            .addVar("body", SimpleType.STRING)
            .addVar("json", SimpleType.DYN)
            .addVar("headers", MapType.create(SimpleType.STRING, SimpleType.STRING))
            .setResultType(SimpleType.BOOL)
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().setOptions(OPTIONS).build();

    private final String text;
    private final CelRuntime.Program program;

    private AnswerExpression(String text, CelRuntime.Program program) {
        this.text = text;
        this.program = program;
    }

    /** @throws IllegalArgumentException that says what is wrong */
    public static AnswerExpression of(String text) {
        try {
            return new AnswerExpression(
                    text, RUNTIME.createProgram(COMPILER.compile(text).getAst()));
        } catch (CelValidationException e) {
            throw new IllegalArgumentException(words(e.getErrors()), e);
        } catch (CelEvaluationException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static String words(List<CelIssue> issues) {
        return issues.stream()
                .map(issue -> "column " + (issue.getSourceLocation().getColumn() + 1) + ": " + issue.getMessage())
                .collect(Collectors.joining("; "));
    }

    /**
     * Why the answer is a failure; empty where it is none. One of which it can't be told is one.
     *
     * @param headers values by name in lower case
     * @param json the body as Jackson makes objects of it: maps, lists, texts, numbers, booleans; null for none
     */
    public Optional<String> failure(int status, Map<String, String> headers, String body, Object json) {
        Map<String, Object> names =
                Map.of("status", (long) status, "headers", headers, "body", body, "json", CelValues.of(json));
        try {
            return Boolean.TRUE.equals(program.eval(names))
                    ? Optional.of("errorExpression is true of the answer: " + text)
                    : Optional.empty();
        } catch (CelEvaluationException e) {
            return Optional.of("errorExpression can't be worked out for the answer: " + e.getMessage());
        }
    }
}
