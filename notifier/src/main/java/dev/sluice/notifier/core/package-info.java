/** What is told to whom, when and in which words: pure, without clock, chance or input of its own. */
package dev.sluice.notifier.core;
