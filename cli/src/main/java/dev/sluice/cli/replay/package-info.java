/** What another rollout file would have found in the metrics of rollouts that are over. */
package dev.sluice.cli.replay;
