/** Any system that answers in JSON over HTTP, by settings alone. */
package dev.sluice.gate.source.json;
