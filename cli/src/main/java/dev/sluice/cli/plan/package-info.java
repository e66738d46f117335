/** What a rollout file would come to, for people and for pull requests. */
package dev.sluice.cli.plan;
