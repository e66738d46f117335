package dev.sluice.gate.kafka;

import dev.sluice.gate.core.Decision.AnswerNeeded;
import dev.sluice.gate.core.GateEvent.Answered;
import dev.sluice.gate.core.Pulled;
import dev.sluice.gate.source.Answer;
import dev.sluice.gate.source.MetricProviders;
import dev.sluice.gate.source.Question;
import dev.sluice.gate.source.RolloutVariables;
import dev.sluice.gate.source.builtin.BuiltinQueries;
import dev.sluice.gate.source.builtin.BuiltinQuery;
import dev.sluice.schemas.rollout.Question.Pull;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Puts the core's questions to metric providers; their answers come in by the mailbox, like any other event. */
final class Asker {
    private final MetricProviders providers;
    private final Mailbox mailbox;
    private final Duration within;

    /** @param within how long a question is tried */
    Asker(MetricProviders providers, Mailbox mailbox, Duration within) {
        this.providers = providers;
        this.mailbox = mailbox;
        this.within = within;
    }

    void ask(AnswerNeeded needed) {
        Question question;
        String whenNothing;
        var pull = (Pull) needed.query().asks();
        try {
            var builtin = pull.builtin() == null
                    ? null
                    : BuiltinQueries.of(needed.variables().getOrDefault("mesh", "no mesh"), pull.builtin());
            question = question(needed, pull, builtin);
            whenNothing = builtin == null ? null : builtin.whenNothing();
        } catch (IllegalArgumentException e) {
            mailbox.post(answered(needed, new Pulled.Failed(e.getMessage()), null));
            return;
        }
        var asked = providers.text(pull.provider(), question).orElse(null);
        providers
                .ask(pull.provider(), question, within)
                .whenComplete((answer, failure) -> mailbox.post(answered(
                        needed,
                        failure == null ? pulled(answer, whenNothing) : new Pulled.Failed(failure.toString()),
                        asked)));
    }

    private static Answered answered(AnswerNeeded needed, Pulled answer, String asked) {
        return new Answered(
                needed.partition(),
                needed.key(),
                needed.analysis(),
                needed.run(),
                needed.query().name(),
                answer,
                asked);
    }

    private static Question question(AnswerNeeded needed, Pull pull, BuiltinQuery builtin) {
        var names = RolloutVariables.of(needed.variables(), Map.of());
        var from = Instant.ofEpochMilli(needed.window().startMillis());
        var to = Instant.ofEpochMilli(needed.window().endMillis());
        return builtin == null
                ? new Question(pull.template(), from, to, needed.interval(), names)
                : new Question(builtin.template(), builtin.samples(), from, to, needed.interval(), names);
    }

    private static Pulled pulled(Answer answer, String whenNothing) {
        return switch (answer) {
            case Answer.Found(var value, var samples) -> new Pulled.Found(value, samples);
            case Answer.Nothing(var words) ->
                new Pulled.Nothing(whenNothing == null ? words : words + "; " + whenNothing);
            case Answer.Several(var words) -> new Pulled.Failed(words);
            case Answer.Failed(var words, var retryable) -> new Pulled.Failed(words);
        };
    }
}
