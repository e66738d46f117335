/**
 * How providers are called. On the JDK's HTTP client: it brings time-outs, connections kept and TLS without one more
 * dependency, and waiting on virtual threads keeps the code in a line; TLS settings are Quarkus' own.
 */
package dev.sluice.gate.source.http;
