/** What starts rollouts without a person at a keyboard: a custom resource that is synced from Git, webhooks, and other tools' events. */
package dev.sluice.triggers;
