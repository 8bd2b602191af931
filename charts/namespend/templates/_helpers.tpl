{{- define "namespend.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 54 | trimSuffix "-" }}
{{- end }}

{{- /* The release's name if it says what it is, else with the chart's behind. Room for `-exporter` is left. */}}
{{- define "namespend.fullname" -}}
{{- $name := include "namespend.name" . }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 54 | trimSuffix "-" }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | trunc 54 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 54 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "namespend.namespace" -}}
{{- .Values.namespaceOverride | default .Release.Namespace }}
{{- end }}

{{- define "namespend.standardLabels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/part-of: namespend
{{- end }}

{{- define "namespend.labels" -}}
{{ include "namespend.standardLabels" . }}
{{- with .Values.labels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "namespend.exporter.selector" -}}
app.kubernetes.io/name: {{ include "namespend.name" . }}-exporter
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "namespend.reporter.selector" -}}
app.kubernetes.io/name: {{ include "namespend.name" . }}-reporter
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "namespend.exporter.account" -}}
{{- .Values.exporter.serviceAccount.name | default (ternary (printf "%s-exporter" (include "namespend.fullname" .)) "default" .Values.exporter.serviceAccount.create) }}
{{- end }}

{{- define "namespend.reporter.account" -}}
{{- .Values.reporter.serviceAccount.name | default (ternary (printf "%s-reporter" (include "namespend.fullname" .)) "default" .Values.reporter.serviceAccount.create) }}
{{- end }}

{{- /* namespend.image (list . .Values.exporter.image) */}}
{{- define "namespend.image" -}}
{{- $image := index . 1 }}
{{- if $image.digest }}
{{- printf "%s@%s" $image.repository $image.digest }}
{{- else }}
{{- printf "%s:%s" $image.repository ($image.tag | default (index . 0).Chart.AppVersion) }}
{{- end }}
{{- end }}

{{- define "namespend.policyConfigMap" -}}
{{- .Values.exporter.existingConfigMap | default (printf "%s-policy" (include "namespend.fullname" .)) }}
{{- end }}

{{- define "namespend.reporterConfigMap" -}}
{{- .Values.reporter.existingConfigMap | default (printf "%s-reporter" (include "namespend.fullname" .)) }}
{{- end }}

{{- /* namespend.settings (list . rule): writes the links and thresholds of the values into the rules of 45-settings.yaml. */}}
{{- define "namespend.settings" -}}
{{- $alerts := (index . 0).Values.alerts }}
{{- $known := dict }}
{{- range $group := (index . 1).spec.groups }}
{{- range $rule := $group.rules }}
{{- if eq $rule.record "namespend:links:info" }}
{{- $_ := set $rule "labels" (dict "grafana" $alerts.grafana "runbooks" $alerts.runbooks) }}
{{- else }}
{{- $name := dig "labels" "threshold" "" $rule }}
{{- $_ := set $known $name true }}
{{- if hasKey $alerts.thresholds $name }}
{{- $_ := set $rule "expr" (printf "vector(%v)" (get $alerts.thresholds $name)) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- range $name, $_ := $alerts.thresholds }}
{{- if not (hasKey $known $name) }}
{{- fail (printf "alerts.thresholds.%s is not a threshold: %s" $name (keys $known | sortAlpha | join ", ")) }}
{{- end }}
{{- end }}
{{- end }}
