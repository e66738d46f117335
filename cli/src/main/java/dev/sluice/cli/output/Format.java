package dev.sluice.cli.output;

/** As people write it on the command line. */
public enum Format {
    table,
    json,
    yaml,
    /** For a pull request; only where a command says so. */
    markdown
}
