package dev.sluice.applier.it;

import dev.sluice.sandbox.parts.KubernetesPart;
import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A kubeconfig with several contexts, none of them the current one. */
final class Contexts {
    private final Path file;
    private final ConfigBuilder all = new ConfigBuilder();

    private Contexts(Path file) {
        this.file = file;
    }

    static Contexts in(Path folder) {
        return new Contexts(folder.resolve("contexts"));
    }

    /** With all rights, by the wire. */
    Contexts reached(String name, KubernetesPart part, TcpLink wire) {
        var one = Serialization.unmarshal(part.kubeconfig(), Config.class);
        var cluster = one.getClusters().getFirst().getCluster();
        cluster.setServer(cluster.getServer().replaceFirst(":[0-9]+", ":" + wire.port()));
        all.addNewCluster().withName(name).withCluster(cluster).endCluster();
        all.addNewUser()
                .withName(name)
                .withUser(one.getUsers().getFirst().getUser())
                .endUser();
        return context(name);
    }

    /** Its credentials come from a program that waits for input as long as whoever runs it lives. */
    Contexts waiting(String name) {
        all.addNewCluster()
                .withName(name)
                .withNewCluster()
                .withServer("https://localhost:1")
                .endCluster()
                .endCluster();
        all.addNewUser()
                .withName(name)
                .withUser(new AuthInfoBuilder()
                        .withNewExec()
                        .withApiVersion("client.authentication.k8s.io/v1")
                        .withCommand("cat")
                        .endExec()
                        .build())
                .endUser();
        return context(name);
    }

    private Contexts context(String name) {
        all.addNewContext()
                .withName(name)
                .withNewContext()
                .withCluster(name)
                .withUser(name)
                .endContext()
                .endContext();
        return this;
    }

    Path write() throws IOException {
        return Files.writeString(file, Serialization.asYaml(all.build()));
    }
}
