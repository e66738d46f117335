/** What the dashboard remembers, and what a stream is told next. Pure: no clock, no thread, no Kafka. */
package dev.sluice.dashboard.core;
