/** Sends what the ledger says is to be sent, each channel at its own pace, and has the ledger know what became of it. */
package dev.sluice.notifier.delivery;
