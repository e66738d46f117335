/** What the engine answers, over HTTP or read from its topics. */
package dev.sluice.cli.engine;
