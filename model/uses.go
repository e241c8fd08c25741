package model

// Use is something a compute target can be used for.
type Use string

// The uses, in the words of the compute target reference.
const (
	UseTraining  Use = "training"
	UseAutoML    Use = "AutoML"
	UsePipelines Use = "pipelines"
	UseDesigner  Use = "designer"
	UseInference Use = "inference"
)

// usage is what one kind of compute target can be used for.
type usage struct {
	kind string // the service's computeType, in lower case
	name string // for people
	uses []Use
}

// usages follow the two tables of the compute target reference, training and
// inference, read together. "local" and "batch" have no computeType of their
// own in the current API.
var usages = []usage{
	{"local", "local computer", []Use{UseTraining, UseAutoML, UseInference}},
	{"amlcompute", "compute cluster", []Use{UseTraining, UseAutoML, UsePipelines, UseDesigner, UseInference}},
	{"computeinstance", "compute instance", []Use{UseTraining, UseAutoML, UsePipelines, UseInference}},
	{"virtualmachine", "remote VM", []Use{UseTraining, UseAutoML, UsePipelines}},
	{"databricks", "Azure Databricks", []Use{UseTraining, UseAutoML, UsePipelines}},
	{"datalakeanalytics", "Data Lake Analytics", []Use{UseTraining, UsePipelines}},
	{"hdinsight", "HDInsight", []Use{UseTraining, UsePipelines}},
	{"batch", "Azure Batch", []Use{UseTraining, UsePipelines}},
	{"synapsespark", "Synapse Spark pool", []Use{UseTraining, UseAutoML, UsePipelines}},
	{"datafactory", "Data Factory", []Use{UsePipelines}},
	{"kubernetes", "Kubernetes", []Use{UseTraining, UsePipelines, UseDesigner, UseInference}},
	{"aks", "Azure Kubernetes Service", []Use{UseInference}},
}

// Uses is what a kind of compute target can be used for; false for a kind the
// program does not know. computeType is the service's word, in any case.
func Uses(computeType string) ([]Use, bool) {
	for _, row := range usages {
		if row.kind == Fold(computeType) {
			return append([]Use(nil), row.uses...), true
		}
	}
	return nil, false
}

// KindName is a computeType in people's words, or the word itself.
func KindName(computeType string) string {
	for _, row := range usages {
		if row.kind == Fold(computeType) {
			return row.name
		}
	}
	return computeType
}
