/** How many metric events a second the gate takes on one thread, beside bare clients and Kafka Streams on the same topic. */
package dev.sluice.bench.gate;
