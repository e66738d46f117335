package dev.sluice.gate.source;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** How a language keeps a value that is put into its text from being read as anything but that value. */
public enum Quoting {
    /** PromQL: a backslash before a quote; nothing can be escaped in backticks; {@code #} begins a comment. */
    PROMQL("\"'`", '#'),
    /** NRQL, InfluxQL and others that escape as PromQL does, without its comments. */
    BACKSLASH("\"'`", Template.NONE),
    /** SQL: a quote within quotes is written twice. */
    DOUBLED("\"'`", Template.NONE),
    JSON("\"", Template.NONE),
    /** A part of a URL or of a form. */
    URL("", Template.NONE),
    /** A header: as it is, on one line. */
    PLAIN("", Template.NONE);

    private static final String RAW = "`";

    final String quotes;
    final char comment;

    Quoting(String quotes, char comment) {
        this.quotes = quotes;
        this.comment = comment;
    }

    boolean escapesByBackslash() {
        return this == PROMQL || this == BACKSLASH || this == JSON;
    }

    /** Whether values are encoded wherever they stand, so that quotes mean nothing. */
    boolean isOneText() {
        return quotes.isEmpty();
    }

    /**
     * @param quote the quote around it; {@link Template#NONE} where none is
     * @return null where the value cannot stand there
     */
    String escaped(String value, char quote) {
        if (this == URL) {
            return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
        }
        if (this == JSON) {
            return new String(JsonStringEncoder.getInstance().quoteAsString(value));
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            return null;
        }
        if (this == PLAIN) {
            return value;
        }
        var around = String.valueOf(quote);
        if (around.equals(RAW)) {
            return value.contains(RAW) ? null : value;
        }
        return this == DOUBLED
                ? value.replace(around, around + around)
                : value.replace("\\", "\\\\").replace(around, "\\" + around);
    }
}
