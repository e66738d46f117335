{{/* The rules of the applier's account: of each mesh that is named what files/rights.yaml has for it. */}}
{{- define "sluice.rights.applier" -}}
{{- $rights := .Values.applier.rights }}
{{- $known := .Files.Get "files/rights.yaml" | fromYaml }}
{{- $rules := $known.backends }}
{{- range $rights.meshes }}
{{- $rules = concat $rules (index $known.meshes .) }}
{{- end }}
{{- range $rights.matches }}
{{- $rules = concat $rules (index $known.matches .) }}
{{- end }}
{{- range $rights.kinds }}
{{- $parts := splitn "." 2 . }}
{{- $rules = append $rules (dict "apiGroups" (list $parts._1) "resources" (list $parts._0) "verbs" $known.custom) }}
{{- end }}
{{- range $rights.workloads }}
{{- $rules = concat $rules (index $known.workloads .) }}
{{- end }}
{{- if $rights.switchSelectors }}
{{- $rules = concat $rules $known.selectors }}
{{- end }}
{{- if $rights.makeServices }}
{{- $rules = concat $rules $known.services }}
{{- end }}
{{- if $rights.observeOnly }}
{{- $rules = include "sluice.rights.reading" $rules | fromYamlArray }}
{{- end }}
{{- $rules | uniq | toYaml }}
{{- end }}

{{/* What of these rules is no writing. */}}
{{- define "sluice.rights.reading" -}}
{{- $reading := list }}
{{- range . }}
{{- $verbs := without .verbs "create" "update" "delete" }}
{{- if $verbs }}
{{- $reading = append $reading (set (deepCopy .) "verbs" $verbs) }}
{{- end }}
{{- end }}
{{- $reading | toYaml }}
{{- end }}

{{- define "sluice.rights.triggers" -}}
{{- $known := .Files.Get "files/rights.yaml" | fromYaml }}
{{- .Values.triggers.deployments.watch | ternary (concat $known.triggers $known.deployments) $known.triggers | toYaml }}
{{- end }}

{{/* A role and who has it, in each of the namespaces, or in the whole cluster where there are none. */}}
{{- define "sluice.role" -}}
{{- $name := printf "%s-%s" (include "sluice.fullname" .root) .service }}
{{- $everywhere := empty .namespaces }}
{{- $kind := $everywhere | ternary "ClusterRole" "Role" }}
{{- /* two releases in one cluster must not share what belongs to no namespace */}}
{{- $role := and $everywhere (ne .root.Release.Namespace "sluice") | ternary (printf "%s-%s" .root.Release.Namespace $name) $name }}
{{- range $everywhere | ternary (list "") .namespaces }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ $kind }}
metadata:
  name: {{ $role }}
  {{- with . }}
  namespace: {{ . }}
  {{- end }}
  labels:
    {{- include "sluice.labels" $ | nindent 4 }}
rules:
  {{- $.rules | nindent 2 }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: {{ $kind }}Binding
metadata:
  name: {{ $role }}
  {{- with . }}
  namespace: {{ . }}
  {{- end }}
  labels:
    {{- include "sluice.labels" $ | nindent 4 }}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: {{ $kind }}, name: {{ $role }}}
subjects:
  - {kind: ServiceAccount, name: {{ $name }}, namespace: {{ $.root.Release.Namespace }}}
{{- end }}
{{- end }}
