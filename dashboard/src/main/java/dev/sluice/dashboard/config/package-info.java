/** The dashboard's settings. */
package dev.sluice.dashboard.config;
