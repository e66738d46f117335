/** The notifier's settings. */
package dev.sluice.notifier.config;
