/** How many writes the applier makes, how long one takes, and how soon it repairs, beside bare clients. */
package dev.sluice.bench.applier;
