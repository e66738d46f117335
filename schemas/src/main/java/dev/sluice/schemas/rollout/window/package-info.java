/** When weights may go up: allow windows and freezes, by the calendar alone. */
package dev.sluice.schemas.rollout.window;
