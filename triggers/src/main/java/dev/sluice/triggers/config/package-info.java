/** The settings of the triggers. */
package dev.sluice.triggers.config;
