{{- define "namespend.labels" -}}
app.kubernetes.io/part-of: namespend
{{ toYaml .Values.labels }}
{{- end }}

{{- define "namespend.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "namespend.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: {drop: [ALL]}
{{- end }}
