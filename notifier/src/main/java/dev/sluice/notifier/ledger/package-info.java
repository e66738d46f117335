/** What was seen and what was sent, in a compacted topic of the notifier's own. */
package dev.sluice.notifier.ledger;
