/** The rules: what follows for a custom resource from its spec, and from what became of it so far. No clock, no threads, no input. */
package dev.sluice.triggers.core;
