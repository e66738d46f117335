package dev.sluice.sandbox.parts;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An answer or an entrance that the document doesn't have is found. */
class HttpContractTest {
    private final HttpContract contract = HttpContract.of("""
            openapi: 3.1.0
            paths:
              /api/things:
                get:
                  parameters:
                    - $ref: '#/components/parameters/limit'
                    - {name: X-Other, in: header}
                  responses:
                    '200':
                      content:
                        application/json:
                          schema: {type: array, items: {$ref: '#/components/schemas/Thing'}}
                    '204': {description: None.}
                    default: {$ref: '#/components/responses/Error'}
              /api/audit:
                get:
                  responses:
                    '200':
                      content:
                        application/json:
                          schema: {$ref: 'https://sluice.dev/schemas/v1/audit.schema.json'}
            components:
              parameters:
                limit: {name: limit, in: query}
              responses:
                Error: {content: {application/json: {schema: {type: object, required: [error]}}}}
              schemas:
                Thing: {type: object, required: [id], properties: {id: {type: string}}}
            """);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/things | 200 | application/json | [{\"id\": \"a\"}] | true",
                "/api/things | 200 | application/json;charset=UTF-8 | [] | true",
                "/api/things | 200 | application/json | [{\"id\": 1}] | false",
                "/api/things | 200 | application/json | [{}] | false",
                "/api/things | 200 | text/plain | [] | false",
                "/api/things | 204 |  | '' | true",
                "/api/things | 404 | application/json | {\"error\": \"none\"} | true",
                "/api/things | 404 | application/json | {\"what\": \"none\"} | false",
                "/api/others | 200 | application/json | [] | false",
                "/api/audit | 200 | application/json | {\"id\": \"1\"} | false"
            })
    void anAnswerIsHeldAgainstItsSchema(String path, int status, String type, String body, boolean fits) {
        assertThat(contract.problems("GET", path, status, type, body).isEmpty()).isEqualTo(fits);
    }

    @Test
    void entrancesAreWrittenAlike() {
        assertThat(contract.entrances()).containsExactly("GET /api/audit", "GET /api/things?limit");
        assertThat(HttpEntrances.of(Things.class))
                .containsExactlyInAnyOrder(
                        "GET /api/{application}?after,limit",
                        "POST /api/{application}/starts",
                        "DELETE /api/a/{id}",
                        "DELETE /api/b/{id}");
    }

    @Path("/api")
    static final class Things {
        @GET
        @Path("/{application:.+}")
        public void get(
                @PathParam("application") String application,
                @QueryParam("limit") int limit,
                @QueryParam("after") String after) {}

        @POST
        @Path("/{application}/starts")
        public void post() {}

        @DELETE
        @Path("/{what:a|b}/{id:.+}")
        public void delete() {}

        public void noEntrance() {}
    }
}
