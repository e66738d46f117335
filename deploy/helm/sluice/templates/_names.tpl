{{/* The services by their keys in the values. */}}
{{- define "sluice.services" -}}
engine: rollout-engine
gate: metrics-gate
applier: weight-applier
dashboard: dashboard
notifier: notifier
triggers: triggers
{{- end }}

{{- define "sluice.fullname" -}}
{{- contains "sluice" .Release.Name | ternary .Release.Name (printf "%s-sluice" .Release.Name) | trunc 40 | trimSuffix "-" }}
{{- end }}

{{/* What selects the pods of a service: (dict "root" $ "service" "rollout-engine"); of all of them without a service. */}}
{{- define "sluice.selector" -}}
app.kubernetes.io/name: sluice
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- with .service }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end }}

{{- define "sluice.labels" -}}
{{ include "sluice.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{/* Of an object that a service has one of. */}}
{{- define "sluice.metadata" -}}
name: {{ include "sluice.fullname" .root }}-{{ .service }}
namespace: {{ .root.Release.Namespace }}
labels:
  {{- include "sluice.labels" . | nindent 2 }}
{{- end }}

{{/* A value as it was written. Numbers of values are floats, which templates would write as 1e+06. */}}
{{- define "sluice.text" -}}
{{- kindIs "string" . | ternary . (toJson .) }}
{{- end }}

{{/* Those whose HTTP others than monitors send to. */}}
{{- define "sluice.isCalled" -}}
{{- has . (list "rollout-engine" "metrics-gate" "dashboard" "triggers") | ternary "yes" "" }}
{{- end }}

{{/* Those that talk to the Kubernetes API. */}}
{{- define "sluice.usesApi" -}}
{{- has . (list "weight-applier" "triggers") | ternary "yes" "" }}
{{- end }}
