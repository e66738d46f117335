/** How messages get to people and machines: one class per kind of channel, which gives a message its form and sends it. */
package dev.sluice.notifier.channel;
