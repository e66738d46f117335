package dev.sluice.cli.convert;

/**
 * What the file of one cluster's object doesn't say.
 *
 * @param application null: made of the object's namespace and name
 */
public record Place(String application, String target, String cluster) {}
