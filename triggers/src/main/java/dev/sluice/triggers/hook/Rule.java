package dev.sluice.triggers.hook;

import dev.sluice.schemas.rollout.cel.EventExpression;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What follows from which events.
 *
 * @param senders whose
 * @param file the rollout file that is started, below the folder of files
 * @param application what the file has to be about; empty: whatever it is about
 * @param id what makes two events one; empty: the sender's object, and the revision
 */
record Rule(
        String name,
        Set<String> senders,
        EventExpression when,
        Template file,
        Optional<Template> application,
        Template revision,
        Map<String, Template> context,
        Optional<Template> id) {}
