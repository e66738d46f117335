package dev.sluice.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.Role;
import dev.sluice.engine.webhook.Calls;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The topics of docs/access.md are what the page says of them. */
class AccessPageTest {
    @Test
    void eachTopicIsBelievedAsFarAsThePageSays() throws Exception {
        // given
        var page = Files.readString(Path.of("../docs/access.md"));
        var block = page.substring(page.indexOf("```properties\n") + "```properties\n".length());
        var properties = new Properties();
        properties.load(new StringReader(block.substring(0, block.indexOf("```"))));
        var settings = new HashMap<String, String>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));

        // when: an unknown one would end it
        var topics = Calls.config(settings).commands().topics();
        var unsaid = Calls.config(Map.of("sluice.commands.topics.\"others\".roles", "admin"))
                .commands()
                .topics()
                .get("others");

        // then
        assertThat(topics).containsOnlyKeys("rollout.commands", "shop.commands", "chat.commands");
        assertThat(topics.get("shop.commands").roles()).containsExactly(Role.OPERATOR);
        assertThat(topics.get("shop.commands").applications()).containsExactly("shop/*");
        assertThat(topics.get("chat.commands").trustedRoles()).isTrue();
        assertThat(unsaid.trustedRoles()).isFalse();
        assertThat(unsaid.applications()).containsExactly("*");
    }
}
