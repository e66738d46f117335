package dev.sluice.applier.it;

import dev.sluice.sandbox.parts.KafkaTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;

/** The contract on the mock, so that the sandbox works where no API server can be had. */
@QuarkusTest
@QuarkusTestResource(value = KafkaTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(
        value = ClusterResource.class,
        restrictToAnnotatedClass = true,
        initArgs = @ResourceArg(name = "choice", value = "mock"))
class ApplierOnMockIT extends ApplierContract {}
