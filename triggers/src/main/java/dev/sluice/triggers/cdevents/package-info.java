/** CDEvents 0.5.1: what other tools of continuous delivery understand of rollouts, and what of theirs starts one. */
package dev.sluice.triggers.cdevents;
