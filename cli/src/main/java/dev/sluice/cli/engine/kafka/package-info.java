/** The topics alone: commands are written, and everything else is read. */
package dev.sluice.cli.engine.kafka;
