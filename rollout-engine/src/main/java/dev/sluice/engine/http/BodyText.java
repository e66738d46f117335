package dev.sluice.engine.http;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/** A request's body as text: in the charset that its content type names, else UTF-8, and never guessed. */
final class BodyText {
    private BodyText() {}

    /** @throws WebApplicationException 400 where the bytes are no text of that charset, 415 where nobody knows it */
    static String of(byte[] body, MediaType type) {
        var charset = charset(type);
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw new WebApplicationException(
                    "The body is not written in " + charset + ": send UTF-8, or name its charset in the content type",
                    400);
        }
    }

    private static Charset charset(MediaType type) {
        var name = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
        try {
            return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new WebApplicationException("The charset " + name + " is not known here: send UTF-8", 415);
        }
    }
}
