package dev.sluice.gate.source;

import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A text with {@code {{names}}}. A value that is put in stays a value: within quotes it is escaped as its language asks,
 * outside of quotes only what looks like a name or a number is let in.
 */
public final class Template {
    /** No quote, no comment. */
    static final char NONE = 0;

    private static final Pattern NAME = Pattern.compile("\\{\\{\\s*([^{}\\s]{1,200})\\s*}}");
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_.:/-]+");
    private static final int LONGEST = 65_536;

    private final String text;
    private final Quoting quoting;
    private final Map<String, String> names;
    private final StringBuilder out = new StringBuilder();
    private char quote = NONE;
    private boolean isComment;
    private boolean isEscaped;

    private Template(String text, Quoting quoting, Map<String, String> names) {
        this.text = text;
        this.quoting = quoting;
        this.names = names;
    }

    /** @throws Unanswered for an unknown name, listing the known ones, and for a value that cannot stand where it would */
    public static String render(String text, Quoting quoting, Map<String, String> names) throws Unanswered {
        return new Template(text, quoting, names).rendered();
    }

    private String rendered() throws Unanswered {
        var matcher = NAME.matcher(text);
        var end = 0;
        while (matcher.find()) {
            read(text.substring(end, matcher.start()));
            insert(matcher.group(1));
            end = matcher.end();
        }
        read(text.substring(end));
        if (quote != NONE) {
            throw Unanswered.ever("a quote (" + quote + ") of the template is not closed");
        }
        if (out.length() > LONGEST) {
            throw Unanswered.ever("the template comes to more than " + LONGEST + " characters");
        }
        return out.toString();
    }

    private void read(String literal) {
        out.append(literal);
        literal.chars().forEach(c -> read((char) c));
    }

    private void read(char c) {
        if (isEscaped) {
            isEscaped = false;
        } else if (isComment) {
            isComment = c != '\n';
        } else if (quote == NONE) {
            isComment = c == quoting.comment;
            quote = quoting.quotes.indexOf(c) < 0 ? NONE : c;
        } else if (c == '\\' && quote != '`') {
            isEscaped = quoting.escapesByBackslash();
        } else if (c == quote) {
            quote = NONE;
        }
    }

    private void insert(String name) throws Unanswered {
        var value = names.get(name);
        if (value == null) {
            throw Unanswered.ever("the template names {{" + name + "}}, which is not known here; known are "
                    + String.join(", ", new TreeSet<>(names.keySet())));
        }
        if (isEscaped) {
            throw Unanswered.ever("a backslash stands before {{" + name + "}}");
        }
        if (quote == NONE && !quoting.isOneText()) {
            if (!BARE.matcher(value).matches()) {
                throw Unanswered.ever(
                        "{{" + name + "}} stands outside of quotes, where its value may have letters, digits"
                                + " and _ . : / - only: " + value);
            }
            out.append(value);
            return;
        }
        var escaped = quoting.escaped(value, quote);
        if (escaped == null) {
            throw Unanswered.ever("{{" + name + "}} has a character that cannot stand there");
        }
        out.append(escaped);
    }
}
