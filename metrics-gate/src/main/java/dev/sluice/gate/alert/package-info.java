/** Monitors whose webhooks become alerts on {@code rollout.metrics}: a plug-in for each, and what their labels mean. */
package dev.sluice.gate.alert;
