package dev.sluice.applier.it;

import dev.sluice.sandbox.parts.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;

/** The contract on a real API server where its binaries are, else on the mock; the output says which. */
@QuarkusTest
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = ClusterResource.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "choice", value = "auto"))
class ApplierIT extends ApplierContract {}
