{{- define "hyperflow.name" -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "hyperflow.selector" -}}
app.kubernetes.io/name: hyperflow
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "hyperflow.labels" -}}
{{ include "hyperflow.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- /* Helm reads numbers as floats, and prints large ones as 1e+06. */ -}}
{{- define "hyperflow.plain" -}}
{{- if and (kindIs "float64" .) (eq (floor .) .) -}}{{ printf "%d" (int64 .) }}{{- else -}}{{ . }}{{- end -}}
{{- end -}}

{{- define "hyperflow.scheme" -}}
{{- if .Values.http.tlsSecret -}}https{{- else -}}http{{- end -}}
{{- end -}}
