package dev.sluice.dashboard.core;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A link to somewhere else that the page fills in for each target. The place that it leads to stands in the configuration: no
 * value of a status, which others may write, can choose another.
 *
 * @param name what the link is called
 * @param url with placeholders such as {@code {application}} behind the host
 */
public record LinkTemplate(String name, String url) {
    /** What a status says; beside these, {@code {label.<name>}}. */
    public static final List<String> PLACEHOLDERS = List.of(
            "application",
            "target",
            "cluster",
            "namespace",
            "rollout",
            "revision",
            "stableRevision",
            "trace",
            "startedAt",
            "startedAtMillis",
            "until",
            "untilMillis");

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_URL = 2000;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern LABEL = Pattern.compile("label\\.\\S{1,128}");
    private static final Pattern WEB = Pattern.compile("https?://[^/?#{}\\\\\\s\\p{Cntrl}]+([/?#][^\\s\\p{Cntrl}]*)?");

    /**
     * A template that can be filled in.
     *
     * @throws IllegalArgumentException where it can't, with what to write instead
     */
    public static LinkTemplate of(String name, String url) {
        var setting = "sluice.dashboard.links." + name;
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(setting + ": a link's name has 1 to " + LONGEST_NAME + " characters");
        }
        if (url.length() > LONGEST_URL || !WEB.matcher(url).matches()) {
            throw new IllegalArgumentException(setting + ".url is " + url
                    + ": write http:// or https:// and a host without"
                    + " placeholders, then whatever follows, blanks as %20; " + LONGEST_URL + " characters at most");
        }
        PLACEHOLDER.matcher(url).results().map(found -> found.group(1)).forEach(word -> {
            if (!PLACEHOLDERS.contains(word) && !LABEL.matcher(word).matches()) {
                throw new IllegalArgumentException(
                        setting + ".url has {" + word + "}, which is no placeholder: write one of "
                                + String.join(", ", PLACEHOLDERS) + " and label.<name>");
            }
        });
        if (PLACEHOLDER.matcher(url).replaceAll("").matches(".*[{}].*")) {
            throw new IllegalArgumentException(
                    setting + ".url has a brace that belongs to no placeholder: write { as %7B and } as %7D");
        }
        return new LinkTemplate(name, url);
    }
}
