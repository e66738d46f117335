/** Reads the status topic. */
package dev.sluice.notifier.kafka;
