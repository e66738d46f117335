/** The file of rules: read, and read again when it changes. */
package dev.sluice.notifier.rules;
