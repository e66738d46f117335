package dev.sluice.access;

import dev.sluice.schemas.message.Command;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whoever sent a request, and what they may; by the rules as they were when the request came. */
public final class Caller {
    private static final String KEY = Caller.class.getName();
    /** Of everybody, while nobody has to prove anything. */
    static final Caller ANYBODY = new Caller(new Identity("anybody", Set.of()), Rules.OFF, false);

    private final Identity identity;
    private final List<Rules.Grant> grants;
    private final boolean proven;

    private Caller(Identity identity, Rules rules, boolean proven) {
        this.identity = identity;
        this.grants = rules.grants(identity);
        this.proven = proven;
    }

    static Caller of(Identity identity, Rules rules) {
        return new Caller(identity, rules, true);
    }

    /** @throws IllegalStateException where the door has let through nobody: what it leaves open may not ask */
    public static Caller of(RoutingContext context) {
        Caller caller = context.get(KEY);
        if (caller == null) {
            throw new IllegalStateException(
                    "nobody is known at " + context.request().path());
        }
        return caller;
    }

    void enter(RoutingContext context) {
        context.put(KEY, this);
    }

    public String name() {
        return identity.name();
    }

    public Set<String> groups() {
        return identity.groups();
    }

    /** Whether it is known who it is; else everybody is whoever they say. */
    public boolean isProven() {
        return proven;
    }

    public List<Rules.Grant> grants() {
        return grants;
    }

    public Set<Role> roles(String application) {
        return Rules.roles(grants, application);
    }

    /** What approvals ask for: the groups, and the names of the roles that the rules give. */
    public List<String> namedRoles(String application) {
        var names = new LinkedHashSet<>(groups().stream().sorted().toList());
        roles(application).forEach(role -> names.add(role.word()));
        return new ArrayList<>(names);
    }

    public boolean maySee(String application) {
        return Role.maySee(roles(application));
    }

    /** The applications that it may see. */
    public Set<ApplicationPattern> visible() {
        return grants.stream()
                .filter(grant -> Role.maySee(grant.roles()))
                .map(Rules.Grant::applications)
                .collect(Collectors.toSet());
    }

    public boolean maySend(String application) {
        return Role.maySend(roles(application));
    }

    public boolean maySendAny() {
        return grants.stream().anyMatch(grant -> Role.maySend(grant.roles()));
    }

    /** Whether it may see what concerns all applications. */
    public boolean maySeeAll() {
        return maySee(ApplicationPattern.ALL);
    }

    public boolean maySeeAny() {
        return grants.stream().anyMatch(grant -> Role.maySee(grant.roles()));
    }

    /** @throws Forbidden where it may not */
    public void see(String application) {
        if (!maySee(application)) {
            throw new Forbidden(
                    application,
                    "see",
                    null,
                    name() + " has no role for " + application + ", so it isn't shown",
                    Forbidden.ASK);
        }
    }

    /**
     * @param what that needs the role
     * @throws Forbidden where it hasn't
     */
    public void need(Role role, String application, String what) {
        var roles = roles(application);
        if (!Role.has(roles, role)) {
            var words = what + " of " + application + " needs the role " + role.word() + " there; " + name() + " has "
                    + Role.words(roles);
            throw new Forbidden(application, what, null, words, Forbidden.ASK);
        }
    }

    /** @throws Forbidden where it may not */
    public void command(Command command) {
        Role.refusal(command, roles(command.application()), name()).ifPresent(words -> {
            throw new Forbidden(command.application(), command.type().word(), command.id(), words, Forbidden.ASK);
        });
    }
}
