package dev.sluice.access;

/**
 * Somebody who is known was not allowed something that concerns an application: for whoever keeps an audit.
 *
 * @param actor who asked
 * @param asked a command's type, or {@code see}
 * @param id the command's; null where it is none
 * @param words why not
 */
public record Refused(String application, String actor, String asked, String id, String words) {}
