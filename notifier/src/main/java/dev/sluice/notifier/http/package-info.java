/** How the notifier does, for whoever runs it. */
package dev.sluice.notifier.http;
