/** Measurements of Sluice as it is deployed, each beside a floor taken with bare clients on the same parts in the same run. */
package dev.sluice.bench;
