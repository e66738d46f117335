/** What comes in by HTTP, and how the triggers do. */
package dev.sluice.triggers.http;
