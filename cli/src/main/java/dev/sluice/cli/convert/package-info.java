/** Other tools' files as rollout files, with a note on whatever has no equivalent. */
package dev.sluice.cli.convert;
