/** The rollout files that the operator lets others start. */
package dev.sluice.triggers.files;
