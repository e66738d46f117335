package dev.sluice.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Who may do what, as one version of the file says it. */
public final class Rules {
    /** As long as there is no file: nobody may anything. */
    static final Rules NONE = new Rules(List.of());

    /** Whoever has proven to be anybody. */
    private static final String ANYBODY = "*";

    private static final ApplicationPattern EVERY = new ApplicationPattern("*");

    /** While nobody has to prove anything. */
    static final Rules OFF =
            new Rules(List.of(new Rule(List.of(EVERY), List.of(Role.ADMIN), List.of(ANYBODY), List.of())));

    private final List<Rule> rules;

    private Rules(List<Rule> rules) {
        this.rules = rules;
    }

    record Written(List<Rule> rules) {
        Written {
            if (rules == null) {
                throw new IllegalArgumentException("there is no list of `rules`");
            }
        }
    }

    /** One of the file's. */
    record Rule(List<ApplicationPattern> applications, List<Role> roles, List<String> people, List<String> groups) {
        Rule {
            people = people == null ? List.of() : List.copyOf(people);
            groups = groups == null ? List.of() : List.copyOf(groups);
            if (applications == null || applications.isEmpty() || roles == null || roles.isEmpty()) {
                throw new IllegalArgumentException("a rule names `applications` and `roles`");
            }
            if (people.isEmpty() && groups.isEmpty()) {
                throw new IllegalArgumentException("a rule names `people` or `groups`: without them it is for nobody");
            }
            applications = List.copyOf(applications);
            roles = List.copyOf(roles);
        }

        boolean isFor(Identity identity) {
            return people.contains(ANYBODY)
                    || people.contains(identity.name())
                    || groups.stream().anyMatch(identity.groups()::contains);
        }
    }

    /** What somebody may with the applications of one pattern. */
    public record Grant(ApplicationPattern applications, List<Role> roles) {}

    /** @throws Unreadable where it is no such file; the words say where */
    static Rules read(String text) throws Unreadable {
        return new Rules(List.copyOf(Yaml.read(text, Written.class).rules()));
    }

    List<Grant> grants(Identity identity) {
        return rules.stream()
                .filter(rule -> rule.isFor(identity))
                .flatMap(rule -> rule.applications().stream().map(pattern -> new Grant(pattern, rule.roles())))
                .toList();
    }

    static Set<Role> roles(List<Grant> grants, String application) {
        var roles = EnumSet.noneOf(Role.class);
        grants.stream()
                .filter(grant -> grant.applications().fits(application))
                .forEach(grant -> roles.addAll(grant.roles()));
        return roles;
    }
}
