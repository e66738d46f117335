/** Tells people what rollouts come to: reads the status topic and sends by rules. */
package dev.sluice.notifier;
