package dev.sluice.engine.webhook;

import dev.sluice.engine.core.told.WebhookCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code {{names}}} of one call's templates stand for, and which secrets it has used. */
final class Names {
    private static final Pattern NAME = Pattern.compile("\\{\\{\\s*([^{}\\s]{1,300})\\s*}}");
    private static final String SECRETS = "secrets.";
    private static final String CALLBACK = "callbackUri";
    private static final int LONGEST = 1 << 20;
    /** Shorter ones are words that many say. */
    private static final int SHORTEST_PART = 8;

    /** As CD-as-a-Service says them, and as Sluice does. */
    private static final Map<String, String> ARMORY = Map.of(
            "applicationName", "application",
            "environmentName", "target",
            "deploymentId", "rollout",
            "replicaSetName", "revision",
            "accountName", "cluster");

    private final Map<String, String> variables = new TreeMap<>();
    private final Secrets secrets;
    private final List<String> used = new ArrayList<>();

    /** @param callbackUri null where the call waits for no callback */
    Names(WebhookCall call, String callbackUri, Secrets secrets) {
        this.secrets = secrets;
        variables.putAll(call.variables());
        if (callbackUri != null) {
            variables.put(CALLBACK, callbackUri);
            // whoever reads it may answer in somebody else's name
            used.add(callbackUri);
            used.add(callbackUri.substring(callbackUri.lastIndexOf('/') + 1));
        }
    }

    /** A template as far as it says no secret: what tells hosts apart. Names that are not known stay as they are. */
    static String shown(String template, Map<String, String> variables) {
        return NAME.matcher(template).replaceAll(found -> {
            var value = variables.get(plain(found.group(1)));
            return Matcher.quoteReplacement(value == null ? found.group() : Quoting.URL.quoted(value));
        });
    }

    /** @throws Uncallable for a name that is not known, with those that are */
    String filled(String template, Quoting quoting) throws Uncallable {
        var names = NAME.matcher(template);
        var filled = new StringBuilder();
        while (names.find()) {
            names.appendReplacement(filled, Matcher.quoteReplacement(quoting.quoted(value(names.group(1)))));
            if (filled.length() > LONGEST) {
                throw new Uncallable("a template comes to more than " + LONGEST + " characters");
            }
        }
        return names.appendTail(filled).toString();
    }

    /** A whole URL may be a value, where one begins with it; elsewhere a value is a part of it. */
    String url(String template) throws Uncallable {
        var names = NAME.matcher(template);
        if (!names.lookingAt()) {
            return filled(template, Quoting.URL);
        }
        var whole = value(names.group(1));
        if (names.group(1).startsWith(SECRETS)) {
            hideParts(whole);
        }
        return whole + filled(template.substring(names.end()), Quoting.URL);
    }

    /** Of a URL that is a secret as a whole, whoever is called may repeat a part; the host may be told. */
    private void hideParts(String url) {
        var path = url.replaceFirst("^[A-Za-z]+://[^/?#]*/?", "");
        used.add(path);
        Arrays.stream(path.split("[/?#&=]", -1))
                .filter(part -> part.length() >= SHORTEST_PART)
                .forEach(used::add);
    }

    /** What may be in nobody's words. */
    Scrubbed scrubbed() {
        return new Scrubbed(used);
    }

    private String value(String name) throws Uncallable {
        if (name.startsWith(SECRETS)) {
            var secret = secrets.named(name.substring(SECRETS.length()));
            used.add(secret);
            return secret;
        }
        var value = variables.get(plain(name));
        if (value == null) {
            throw new Uncallable("{{" + name + "}} is not known here; known are "
                    + String.join(
                            ", ",
                            variables.keySet().stream().map("sluice."::concat).toList())
                    + " and secrets.<name>");
        }
        return value;
    }

    /** Without what it begins with; empty where it is none of Sluice's. */
    private static String plain(String name) {
        if (name.startsWith("sluice.")) {
            return name.substring("sluice.".length());
        }
        if (!name.startsWith("armory.")) {
            return "";
        }
        var theirs = name.substring("armory.".length());
        return ARMORY.getOrDefault(theirs, theirs);
    }
}
