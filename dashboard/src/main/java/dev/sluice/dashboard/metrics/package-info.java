/** What Prometheus sees of the dashboard, and of all rollouts through it. */
package dev.sluice.dashboard.metrics;
