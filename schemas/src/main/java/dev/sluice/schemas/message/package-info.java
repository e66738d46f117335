/** The eight messages as records, hand-written and held against their schemas by tests. */
package dev.sluice.schemas.message;
