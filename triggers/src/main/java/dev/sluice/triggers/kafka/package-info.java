/** The topics: statuses and answers come in, commands go out. */
package dev.sluice.triggers.kafka;
