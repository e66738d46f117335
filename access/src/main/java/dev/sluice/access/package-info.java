/** Who asks, and what they may: the one door that the HTTP of every service is behind (docs/access.md). */
package dev.sluice.access;
