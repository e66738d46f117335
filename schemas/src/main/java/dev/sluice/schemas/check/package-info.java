/** JSON Schemas, compiled, with their findings in words. */
package dev.sluice.schemas.check;
