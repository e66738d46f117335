/**
 * How a webhook is called: what its templates stand for, who may be called, and what an answer means. Knows HTTP and no table: the
 * shell says what is to be called, and keeps it until the answer is taken up.
 */
package dev.sluice.engine.webhook;
