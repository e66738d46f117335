/** Each command of {@code sluice} in a class of its own, and the options that several share. */
package dev.sluice.cli.command;
