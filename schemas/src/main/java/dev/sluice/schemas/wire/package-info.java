/** The wire codec: every record of a Sluice topic is read and written through here. */
package dev.sluice.schemas.wire;
