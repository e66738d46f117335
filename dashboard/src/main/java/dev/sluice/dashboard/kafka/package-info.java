/** Reads the topics: three channels, each from where it begins to be of use, without a place in Kafka of its own. */
package dev.sluice.dashboard.kafka;
