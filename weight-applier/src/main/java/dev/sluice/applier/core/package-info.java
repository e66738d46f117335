/**
 * The applier's rules. {@link dev.sluice.applier.core.Decider#decide} says what follows from an event for one route,
 * {@link dev.sluice.applier.core.RouteState#after} takes the decisions up; whoever drives them carries out each
 * {@link dev.sluice.applier.core.Decision.Effect} and brings its answer back as the next event.
 */
package dev.sluice.applier.core;
