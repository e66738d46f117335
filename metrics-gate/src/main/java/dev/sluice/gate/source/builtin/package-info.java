/** Queries that needn't be written: each mesh's own names for requests, failures and latencies. */
package dev.sluice.gate.source.builtin;
