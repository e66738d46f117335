{{/* Settings by their environment variables (docs/settings.md), those of all services first. */}}
{{- define "sluice.env" -}}
{{- $values := .root.Values }}
{{- $user := printf "%s%s" $values.kafka.userSecretPrefix .service }}
- {name: KAFKA_BOOTSTRAP_SERVERS, value: {{ $values.kafka.bootstrapServers | quote }}}
{{- if ne $values.kafka.securityProtocol "PLAINTEXT" }}
- {name: KAFKA_SECURITY_PROTOCOL, value: {{ $values.kafka.securityProtocol }}}
{{- end }}
{{- if hasPrefix "SASL" $values.kafka.securityProtocol }}
- {name: KAFKA_SASL_MECHANISM, value: {{ $values.kafka.saslMechanism }}}
- name: KAFKA_SASL_JAAS_CONFIG
  valueFrom: {secretKeyRef: {name: {{ $user }}, key: sasl.jaas.config}}
{{- end }}
{{- if $values.kafka.ca.secret }}
- {name: KAFKA_SSL_TRUSTSTORE_TYPE, value: PEM}
- {name: KAFKA_SSL_TRUSTSTORE_LOCATION, value: /etc/sluice/kafka-ca/{{ $values.kafka.ca.key }}}
{{- end }}
{{- if $values.kafka.clientCertificates }}
- {name: KAFKA_SSL_KEYSTORE_TYPE, value: PKCS12}
- {name: KAFKA_SSL_KEYSTORE_LOCATION, value: /etc/sluice/kafka-user/user.p12}
- name: KAFKA_SSL_KEYSTORE_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ $user }}, key: user.password}}
{{- end }}
- {name: SLUICE_TOPICS_PREFIX, value: {{ $values.topics.prefix | quote }}}
- {name: QUARKUS_HTTP_PORT, value: "8080"}
- {name: SLUICE_LOGS_FORMAT, value: {{ $values.logs.format }}}
{{- if has (toString $values.access.mode) (list "off" "false") }}
- {name: SLUICE_ACCESS_MODE, value: "off"}
{{- end }}
{{- with $values.access.rules }}{{ if .configMap }}
- {name: SLUICE_ACCESS_RULES, value: /etc/sluice/access-rules/{{ .key }}}
{{- end }}{{ end }}
{{- with $values.access.tokens }}{{ if .secret }}
- {name: SLUICE_ACCESS_TOKENS, value: /etc/sluice/access-tokens/{{ .key }}}
{{- end }}{{ end }}
{{- with $values.access.oidc }}{{ if .url }}
- {name: QUARKUS_OIDC_TENANT_ENABLED, value: "true"}
- {name: QUARKUS_OIDC_AUTH_SERVER_URL, value: {{ .url | quote }}}
- {name: QUARKUS_OIDC_TOKEN_AUDIENCE, value: {{ .audience | quote }}}
{{- end }}{{ end }}
{{- if $values.access.openMetrics }}
- {name: SLUICE_ACCESS_OPEN_METRICS, value: "true"}
{{- end }}
{{- with $values.traces.endpoint }}
- {name: QUARKUS_OTEL_SDK_DISABLED, value: "false"}
- {name: QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT, value: {{ . | quote }}}
{{- end }}
{{- if .values.config }}
- {name: QUARKUS_CONFIG_LOCATIONS, value: /etc/sluice/{{ .service }}.properties}
{{- end }}
{{- if eq .service "rollout-engine" }}{{ include "sluice.env.engine" .root | nindent 0 }}{{ end }}
{{- if eq .service "weight-applier" }}{{ include "sluice.env.applier" $values.applier | nindent 0 }}{{ end }}
{{- if eq .service "dashboard" }}
- name: SLUICE_DASHBOARD_ENGINE_URL
  value: {{ $values.dashboard.engineUrl | default (printf "http://%s-rollout-engine:8080" (include "sluice.fullname" .root)) | quote }}
{{- end }}
{{- if eq .service "triggers" }}{{ include "sluice.env.triggers" $values.triggers | nindent 0 }}{{ end }}
{{- range $name, $value := .values.env }}
- {name: {{ $name }}, value: {{ include "sluice.text" $value | quote }}}
{{- end }}
{{- end }}

{{- define "sluice.env.engine" -}}
{{- $values := .Values }}
{{- $address := printf "%s:%v/%s" $values.database.host $values.database.port $values.database.name }}
{{- $ca := empty $values.database.ca.secret | ternary "" (printf "&sslrootcert=/etc/sluice/database-ca/%s" $values.database.ca.key) }}
- {name: QUARKUS_DATASOURCE_REACTIVE_URL, value: {{ printf "postgresql://%s" $address | quote }}}
- {name: QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_SSL_MODE, value: {{ $values.database.sslMode }}}
{{- if $values.database.ca.secret }}
- {name: QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM, value: "true"}
- {name: QUARKUS_DATASOURCE_REACTIVE_TRUST_CERTIFICATE_PEM_CERTS, value: /etc/sluice/database-ca/{{ $values.database.ca.key }}}
{{- end }}
{{- if eq $values.database.sslMode "verify-full" }}
- {name: QUARKUS_DATASOURCE_REACTIVE_HOSTNAME_VERIFICATION_ALGORITHM, value: HTTPS}
{{- end }}
- {name: QUARKUS_DATASOURCE_JDBC_URL, value: {{ printf "jdbc:postgresql://%s?sslmode=%s%s" $address $values.database.sslMode $ca | quote }}}
- name: QUARKUS_DATASOURCE_USERNAME
  valueFrom: {secretKeyRef: {name: {{ $values.database.secret }}, key: {{ $values.database.usernameKey }}}}
- name: QUARKUS_DATASOURCE_PASSWORD
  valueFrom: {secretKeyRef: {name: {{ $values.database.secret }}, key: {{ $values.database.passwordKey }}}}
- {name: SLUICE_TOPICS_CREATE, value: {{ $values.topics.create | quote }}}
- {name: SLUICE_TOPICS_PARTITIONS, value: {{ $values.topics.partitions | quote }}}
- {name: SLUICE_TOPICS_REPLICATION, value: {{ $values.topics.replication | quote }}}
{{- with $values.engine.publicUrl }}
- {name: SLUICE_WEBHOOKS_PUBLIC_URL, value: {{ . | quote }}}
{{- end }}
{{- if $values.engine.secrets }}
- {name: SLUICE_WEBHOOKS_SECRETS_DIRECTORY, value: /etc/sluice/secrets}
{{- end }}
{{- end }}

{{/* KUBECONFIG would be the whole pod's: a cluster without a context would no longer be the one that the chart is installed in. */}}
{{- define "sluice.env.applier" -}}
{{- $kubeconfig := .kubeconfig }}
{{- $contexts := list }}
- {name: SLUICE_CLUSTERS, value: {{ keys .clusters | sortAlpha | join "," | quote }}}
{{- range $name, $cluster := .clusters }}
{{- $variable := regexReplaceAll "[^A-Za-z0-9]" $name "_" | upper | printf "SLUICE_CLUSTERS_%s" }}
{{- with $cluster.context }}
{{- $contexts = append $contexts . }}
- {name: {{ $variable }}_CONTEXT, value: {{ . | quote }}}
{{- if $kubeconfig.secret }}
- {name: {{ $variable }}_KUBECONFIG, value: /etc/sluice/kubeconfig/{{ $kubeconfig.key }}}
{{- end }}
{{- end }}
{{- with $cluster.concurrency }}
- {name: {{ $variable }}_CONCURRENCY, value: {{ . | quote }}}
{{- end }}
{{- end }}
{{- if and $kubeconfig.secret (not $contexts) }}
{{- fail "applier.kubeconfig is named, but no cluster has a context of it: say which by applier.clusters.<name>.context; a cluster without one is that which the chart is installed in" }}
{{- end }}
{{- end }}

{{- define "sluice.env.triggers" -}}
{{- with .namespaces }}
- {name: SLUICE_TRIGGERS_NAMESPACES, value: {{ join "," . | quote }}}
{{- end }}
{{- if .rollouts }}
- {name: SLUICE_TRIGGERS_HOOKS_FILES, value: /etc/sluice/rollouts}
{{- end }}
{{- with .deployments }}{{ if .watch }}
- {name: SLUICE_TRIGGERS_DEPLOYMENTS_WATCH, value: "true"}
{{- with .selector }}
- {name: SLUICE_TRIGGERS_DEPLOYMENTS_SELECTOR, value: {{ . | quote }}}
{{- end }}
{{- end }}{{ end }}
{{- end }}

{{/* Files by folders below /etc/sluice: a list of volumes' sources, by their names. The folder of a ConfigMap is /etc/sluice itself. */}}
{{- define "sluice.files" -}}
{{- $values := .root.Values }}
{{- with .values.config }}
config: {configMap: {name: {{ . }}}}
{{- end }}
{{- with .values.secrets }}
secrets: {secret: {secretName: {{ . }}, defaultMode: 0440}}
{{- end }}
{{- with $values.access.rules.configMap }}
access-rules: {configMap: {name: {{ . }}}}
{{- end }}
{{- with $values.access.tokens.secret }}
access-tokens: {secret: {secretName: {{ . }}, defaultMode: 0440}}
{{- end }}
{{- with $values.kafka.ca.secret }}
kafka-ca: {secret: {secretName: {{ . }}, defaultMode: 0440, items: [{key: {{ $values.kafka.ca.key }}, path: {{ $values.kafka.ca.key }}}]}}
{{- end }}
{{- if $values.kafka.clientCertificates }}
kafka-user: {secret: {secretName: {{ $values.kafka.userSecretPrefix }}{{ .service }}, defaultMode: 0440, items: [{key: user.p12, path: user.p12}]}}
{{- end }}
{{- if eq .service "rollout-engine" }}
{{- with $values.database.ca }}{{ if .secret }}
database-ca: {secret: {secretName: {{ .secret }}, defaultMode: 0440, items: [{key: {{ .key }}, path: {{ .key }}}]}}
{{- end }}{{ end }}
{{- end }}
{{- if eq .service "triggers" }}
{{- with $values.triggers.rollouts }}
rollouts: {configMap: {name: {{ . }}}}
{{- end }}
{{- end }}
{{- if eq .service "weight-applier" }}
{{- with $values.applier.kubeconfig }}{{ if .secret }}
kubeconfig: {secret: {secretName: {{ .secret }}, defaultMode: 0440, items: [{key: {{ .key }}, path: {{ .key }}}]}}
{{- end }}{{ end }}
{{- end }}
{{- end }}
