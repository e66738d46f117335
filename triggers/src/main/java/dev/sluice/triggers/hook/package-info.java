/** Webhooks of other systems: who sent them, which rules they fulfil, and the commands that follow. */
package dev.sluice.triggers.hook;
