/** How data is written to standard output. */
package dev.sluice.cli.output;
