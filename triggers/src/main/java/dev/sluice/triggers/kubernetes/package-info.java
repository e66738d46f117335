/** The custom resource: watched by java-operator-sdk, judged by the core, and its status written back. */
package dev.sluice.triggers.kubernetes;
