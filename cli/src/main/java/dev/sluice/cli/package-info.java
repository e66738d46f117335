/** {@code sluice}, the command line: what any outsider has, the HTTP API and the topics, in words and exit codes. */
package dev.sluice.cli;
