/** What the applier's jar does beside serving, without a cluster, a broker or any configuration. */
package dev.sluice.applier.cli;
