package dev.sluice.applier.mesh;

import dev.sluice.schemas.rollout.Match;
import dev.sluice.schemas.rollout.Mirror;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Routes of Sluice's own among a VirtualRouter's. Which of several that match has a request says their {@code priority}, 0
 * before 1000, and one without is last; between equal ones AWS decides by itself. So an own route has the number right
 * before that of the route that is moved, and is refused where another route could be taken for either.
 *
 * @param backend which backend a target is
 */
record AppMeshRoutes(Function<Document, Moved> moved, Function<Document, String> backend, String canary)
        implements RuleForm {
    private static final String PRIORITY = "priority";
    private static final int LAST = 1000;
    private static final int LONGEST_NAME = 255;
    private static final int ALL = 100;

    @Override
    public List<List<Object>> lists(Document object) {
        return List.of(object.items("spec", "routes"));
    }

    @Override
    public Moved moved(Document object) {
        return moved.apply(object);
    }

    @Override
    public Narrowed narrow(Moved.Rule rule, Document copy, Match match) {
        var protocol = protocol(copy).orElseThrow();
        if (protocol.equals("tcpRoute")) {
            return Narrowed.not("the route " + rule.name() + " is of TCP, of which no request can be told apart: name"
                    + " another as routeName, or leave the match out");
        }
        var priority = priority(copy);
        if (priority == 0) {
            return Narrowed.not("the route " + rule.name()
                    + " has the priority 0, before which no other can be: give it a higher number");
        }
        var matches = protocol.equals("grpcRoute") ? AppMeshMatches.GRPC : AppMeshMatches.HTTP;
        var both = matches.both(new Document(copy.open(protocol, "match")), match);
        if (both.flaw() != null) {
            return Narrowed.not(both.flaw());
        }
        if (both.match() == null) {
            return Narrowed.NONE;
        }
        copy.content().put(PRIORITY, priority - 1);
        copy.open(protocol).put("match", both.match());
        var target = targets(copy).stream()
                .filter(known -> canary.equals(backend.apply(known)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a route that is moved lists the canary"))
                .content();
        target.put("weight", ALL);
        copy.open(protocol, "action").put("weightedTargets", new ArrayList<>(List.of(target)));
        return Narrowed.SOME;
    }

    private static Optional<String> protocol(Document route) {
        return AppMesh.PROTOCOLS.stream()
                .filter(known -> route.at(known) instanceof Map)
                .findFirst();
    }

    private static int priority(Document route) {
        return route.at(PRIORITY) instanceof Number number ? number.intValue() : LAST;
    }

    private static List<Document> targets(Document route) {
        return protocol(route)
                .map(protocol -> route.list(protocol, "action", "weightedTargets"))
                .orElse(List.of());
    }

    @Override
    public boolean isForCanaryAlone(Document route) {
        var targets = targets(route);
        return !targets.isEmpty() && targets.stream().allMatch(target -> canary.equals(backend.apply(target)));
    }

    @Override
    public String clash(Document object, Map<Object, Document> own) {
        for (var moving : own.entrySet()) {
            var mine = moving.getValue();
            for (var other : object.list("spec", "routes")) {
                var gap = priority(other) - priority(mine);
                if ((gap == 0 || gap == 1)
                        && !own.containsKey(other.content())
                        && !isForCanaryAlone(other)
                        && !areApart(mine, other)) {
                    return "the routes " + other.text("name") + " and "
                            + Document.of((Map<?, ?>) moving.getKey()).text("name")
                            + " may have the same requests, and their priorities leave no place between them: give them"
                            + " priorities that are 2 apart at least";
                }
            }
        }
        return null;
    }

    /** Whether no request is of two routes, as far as that can be told. */
    private static boolean areApart(Document one, Document other) {
        var protocol = protocol(one).orElseThrow();
        if (!protocol.equals(protocol(other).orElse(null))) {
            return false;
        }
        var mine = new Document(one.open(protocol, "match"));
        var theirs = new Document(other.copy().open(protocol, "match"));
        return TextPaths.areApart(AppMeshMatches.path(mine), AppMeshMatches.path(theirs))
                || List.of("method", "serviceName", "methodName", "scheme", "port").stream()
                        .anyMatch(key -> mine.at(key) != null
                                && theirs.at(key) != null
                                && !Objects.equals(mine.at(key), theirs.at(key)))
                || List.of("headers", "metadata").stream()
                        .anyMatch(list -> mine.list(list).stream()
                                .anyMatch(header -> theirs.list(list).stream()
                                        .anyMatch(known -> header.text("name").equalsIgnoreCase(known.text("name"))
                                                && AppMeshMatches.areApart(header, known))));
    }

    @Override
    public String tooMany(Document object) {
        return object.list("spec", "routes").stream()
                .map(route -> route.text("name"))
                .filter(name -> OwnRules.isOwn(name) && name.length() > LONGEST_NAME)
                .findFirst()
                .map(name -> "Sluice's own route would be named " + name + ", with more than " + LONGEST_NAME
                        + " characters: give the route that is moved a shorter name")
                .orElse(null);
    }

    @Override
    public String copyTo(Moved.Rule rule, Mirror mirror) {
        return "App Mesh makes no copies: leave the mirror out";
    }
}
