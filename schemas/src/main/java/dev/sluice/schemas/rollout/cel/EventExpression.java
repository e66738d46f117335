package dev.sluice.schemas.rollout.cel;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * CEL about what another system sent: a truth of it, or a text from it. It knows {@code body} (JSON) and {@code headers} (by names
 * in lower case). Bounded as {@link AnswerExpression} is; of the string extensions it has those that make texts shorter:
 * {@code substring}, {@code indexOf}, {@code lastIndexOf}. Immutable and thread-safe.
 */
public final class EventExpression {
    /** The longest, in characters: with it the work that one can ask for is bounded. */
    public static final int LONGEST = 1024;

    private static final int MOST_TURNS = 1000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(50)
            .comprehensionMaxIterations(MOST_TURNS)
            .enableHeterogeneousNumericComparisons(true)
            .build();
    private static final CelStringExtensions SHORTER = CelExtensions.strings(
            CelStringExtensions.Function.SUBSTRING,
            CelStringExtensions.Function.INDEX_OF,
            CelStringExtensions.Function.LAST_INDEX_OF);
    private static final CelCompiler TRUTHS = compiler(SimpleType.BOOL);
    private static final CelCompiler TEXTS = compiler(SimpleType.DYN);
    private static final CelRuntime RUNTIME = CelRuntimeFactory.standardCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLibraries(SHORTER)
            .build();

    /** It can't be worked out for what was sent, such as a field that isn't there. */
    public static final class Undefined extends Exception {
        private static final long serialVersionUID = 1;

        public Undefined(String words) {
            super(words);
        }
    }

    private final String text;
    private final CelRuntime.Program program;

    private EventExpression(String text, CelRuntime.Program program) {
        this.text = text;
        this.program = program;
    }

    private static CelCompiler compiler(CelType result) {
        return CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                // as for answers: nothing that makes texts or lists longer
                .setStandardEnvironmentEnabled(false)
                .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                        .excludeFunctions(StandardFunction.ADD)
                        .build())
                .setStandardMacros(CelStandardMacro.HAS, CelStandardMacro.ALL, CelStandardMacro.EXISTS)
                .addLibraries(SHORTER)
                .addVar("body", SimpleType.DYN)
                .addVar("headers", MapType.create(SimpleType.STRING, SimpleType.STRING))
                .setResultType(result)
                .build();
    }

    /**
     * One that is true or not.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    public static EventExpression truth(String text) {
        return of(text, TRUTHS);
    }

    /**
     * One that stands for a text or a number.
     *
     * @throws IllegalArgumentException that says what is wrong
     */
    public static EventExpression text(String text) {
        return of(text, TEXTS);
    }

    private static EventExpression of(String text, CelCompiler compiler) {
        try {
            return new EventExpression(
                    text, RUNTIME.createProgram(compiler.compile(text).getAst()));
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
     * Of a {@link #truth}.
     *
     * @param body as Jackson makes objects of JSON: maps, lists, texts, numbers, booleans
     */
    public boolean holds(Object body, Map<String, String> headers) throws Undefined {
        return Boolean.TRUE.equals(value(body, headers));
    }

    /** Of a {@link #text}. */
    public String said(Object body, Map<String, String> headers) throws Undefined {
        return switch (value(body, headers)) {
            case String said -> said;
            case Long whole -> whole.toString();
            case Boolean truth -> truth.toString();
            case Object other ->
                throw new Undefined(
                        "`" + text + "` is no text, but " + other.getClass().getSimpleName());
        };
    }

    private Object value(Object body, Map<String, String> headers) throws Undefined {
        try {
            return program.eval(Map.of("body", CelValues.of(body), "headers", headers));
        } catch (CelEvaluationException e) {
            throw new Undefined("`" + text + "` can't be worked out: " + e.getMessage());
        }
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
