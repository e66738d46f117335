package dev.sluice.schemas.rollout.reader;

/** A JSON pointer (RFC 6901) that grows with the way into the document. */
record Pointer(String text) {
    static final Pointer ROOT = new Pointer("");

    Pointer to(String key) {
        return new Pointer(text + "/" + key.replace("~", "~0").replace("/", "~1"));
    }

    Pointer to(int index) {
        return new Pointer(text + "/" + index);
    }

    static Pointer of(String... keys) {
        var pointer = ROOT;
        for (var key : keys) {
            pointer = pointer.to(key);
        }
        return pointer;
    }

    @Override
    public String toString() {
        return text;
    }
}
