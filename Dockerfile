# One image per service: docker build --build-arg MODULE=rollout-engine .   (or metrics-gate, weight-applier, dashboard, notifier, triggers)
# The target "endpoint-maker" is for docker-compose.yml only: it stands in for the pods that no kubelet runs there.

FROM node:22-slim AS page
WORKDIR /web
COPY dashboard/src/main/web/package.json dashboard/src/main/web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY dashboard/src/main/web/ ./
RUN node build.mjs /page

FROM eclipse-temurin:25-jdk AS build
WORKDIR /sluice
COPY . .
COPY --from=page /page/ dashboard/src/main/resources/META-INF/resources/
RUN ./mvnw -B -q -DskipTests -Dsluice.page=skip -pl rollout-engine,metrics-gate,weight-applier,dashboard,notifier,triggers,sandbox/parts -am package \
      dependency:copy-dependencies -DincludeScope=runtime -DexcludeArtifactIds=sluice-schemas,sluice-access

FROM eclipse-temurin:25-jre AS endpoint-maker
COPY --from=build /sluice/sandbox/parts/target/dependency/ /app/
COPY --from=build /sluice/schemas/target/sluice-schemas-*.jar /sluice/sandbox/parts/target/sluice-sandbox-parts-*.jar /app/
USER 1001
ENTRYPOINT ["java", "-Xmx64m", "-XX:+UseSerialGC", "-cp", "/app/*", "dev.sluice.sandbox.parts.EndpointMakerMain"]

FROM eclipse-temurin:25-jre AS service
ARG MODULE
ARG VERSION=0.1.0-SNAPSHOT
ARG REVISION=unknown
LABEL org.opencontainers.image.title="sluice-${MODULE}" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /sluice/${MODULE}/jvm.options /sluice/${MODULE}/target/quarkus-app/ /app/
USER 1001:1001
# glibc would keep memory for every core that ever asked for some
ENV MALLOC_ARENA_MAX=2
# JAVA_TOOL_OPTIONS and every setting of the service come by environment.
ENTRYPOINT ["java", "@/app/jvm.options", "-XX:MaxRAMPercentage=70", "-jar", "/app/quarkus-run.jar"]
