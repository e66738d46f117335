/** The engine's HTTP API. */
package dev.sluice.cli.engine.http;
