/** What the simulation holds after every event, as far as it can be seen on a live system's topics. */
package dev.sluice.cli.verify;
