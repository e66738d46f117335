package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.deploy.Helm.Values;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/install.md shows is so. */
class InstallPageTest {
    private static final String PAGE = Yaml.text(Path.of("../docs/install.md"));

    private static final Path USERS = Path.of("strimzi/users.yaml");

    /** The files of values by the names that they have in their first lines. */
    static Stream<String> files() {
        return Pattern.compile("^```yaml\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(PAGE)
                .results()
                .map(found -> found.group(1));
    }

    private static String least() {
        return files().findFirst().orElseThrow();
    }

    @Test
    void theLeastThatHasToBeSaidIsEnough() {
        // when
        var rendered = Helm.template(Values.of(least()));

        // then
        assertThat(rendered.pods().keySet())
                .containsExactlyInAnyOrder("rollout-engine", "metrics-gate", "weight-applier", "dashboard");
        assertThat(rendered.environment("weight-applier")).containsEntry("SLUICE_CLUSTERS", "prod");
    }

    @Test
    void nothingOfTheLeastCanBeLeftOut() {
        least().lines()
                .filter(line -> line.matches("(image|kafka|database|applier):.*"))
                .forEach(line -> {
                    var key = line.replaceFirst(":.*", "");
                    var without = least().replaceFirst("(?m)^" + key + ":.*\n(  .*\n)*", "");
                    assertThat(Helm.tryTemplate(Helm.NAMESPACE, Values.of(without))
                                    .err())
                            .contains("/" + key);
                });
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileOfValuesRenders(String file) {
        assertThat(Helm.template(Values.of(least()), Values.of(file)).objects()).hasSizeGreaterThan(10);
    }

    @Test
    void onOpenShiftUsersAreItsChoiceAndNamesAreAskedForWhereItsDnsIs() {
        // given
        var openshift = files().filter(file -> file.startsWith("# openshift.yaml"))
                .findFirst()
                .orElseThrow();

        // when
        var rendered = Helm.template(Values.of(least()), Values.of(openshift));

        // then
        assertThat(rendered.pods().values().stream()
                        .map(pod -> pod.get("securityContext").properties().stream()
                                .map(Map.Entry::getKey)
                                .toList()))
                .allMatch(Set.of("runAsNonRoot", "seccompProfile")::containsAll);
        assertThat(rendered.one("NetworkPolicy", "sluice-rollout-engine").at("/spec/egress/0"))
                .hasToString("""
                        {"ports":[{"port":5353,"protocol":"UDP"},{"port":5353,"protocol":"TCP"}],\
                        "to":[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"openshift-dns"}}}]}""");
    }

    @Test
    void othersSendToTheAddressOfItsTriggers() {
        // given
        var triggers = Helm.template(Values.of(least()), Values.of("triggers: {enabled: true}"))
                .one("Service", "sluice-triggers");

        // when
        var sentTo = Pattern.compile("http://([a-z-]+)[.]sluice:(\\d+)")
                .matcher(Yaml.text(Path.of("../docs/gitops.md")))
                .results()
                .map(address -> address.group(1) + " " + address.group(2))
                .distinct();

        // then
        assertThat(sentTo)
                .containsExactly(
                        "sluice-triggers " + triggers.at("/spec/ports/0/port").asText());
    }

    @Test
    void thePageSaysWhatAccountsMay() {
        Yaml.documents(USERS).forEach(user -> {
            var service = user.at("/metadata/name").asText().replaceFirst("^sluice-", "");
            var columns = PAGE.lines()
                    .filter(line -> line.startsWith("| " + service + " |"))
                    .findFirst()
                    .orElseThrow()
                    .split("\\|", -1);
            assertThat(words(columns[2])).as(service).containsExactlyInAnyOrderElementsOf(topics(user, "Read"));
            assertThat(words(columns[3])).as(service).containsExactlyInAnyOrderElementsOf(topics(user, "Write"));
            assertThat(words(columns[4])).as(service).containsExactlyInAnyOrderElementsOf(names(user, "group"));
            assertThat(words(columns[5]))
                    .as(service)
                    .containsExactlyInAnyOrderElementsOf(names(user, "transactionalId"));
        });
    }

    @Test
    void everyAccountsSecretIsCopied() {
        // given
        var loop = Pattern.compile("^for secret in (.*?); do$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(PAGE)
                .results()
                .findFirst()
                .orElseThrow();

        // then
        assertThat(loop.group(1).split("[\\\\\\s]+", -1))
                .containsAll(Yaml.documents(USERS).stream()
                        .map(user -> user.at("/metadata/name").asText())
                        .toList());
    }

    @Test
    void thePageSaysWhoWritesDeadLetters() {
        // given
        var sentence = PAGE.replaceFirst("(?s).*\nBeside these (.*?) write the dead letters .*", "$1");

        // when
        var writing = Yaml.documents(USERS).stream()
                .filter(user -> user.at("/spec/authorization/acls").toString().contains(".dlq"))
                .map(user -> user.at("/metadata/name").asText().replaceFirst("^sluice-", ""));

        // then
        assertThat(sentence.split(", | and ", -1)).containsExactlyInAnyOrderElementsOf(writing.toList());
    }

    private static List<String> words(String column) {
        return Stream.of(column.replace("`", "").split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Collection<String> topics(JsonNode user, String operation) {
        return Yaml.each(user.at("/spec/authorization/acls"))
                .filter(acl -> Yaml.texts(acl.get("operations")).contains(operation))
                .map(acl -> acl.get("resource"))
                .filter(resource -> resource.get("type").asText().equals("topic"))
                .map(resource -> resource.get("name").asText().replaceFirst("^rollout\\.", ""))
                .filter(topic -> !topic.endsWith(".dlq"))
                .toList();
    }

    private static Collection<String> names(JsonNode user, String type) {
        return Yaml.each(user.at("/spec/authorization/acls"))
                .map(acl -> acl.get("resource"))
                .filter(resource -> resource.get("type").asText().equals(type))
                .map(resource -> resource.get("name").asText() + (resource.has("patternType") ? "*" : ""))
                .toList();
    }
}
