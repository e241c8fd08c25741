package arm

import (
	"strconv"
	"strings"
	"time"

	"github.com/amltop/amltop/backend/sim"
)

// jobBody writes a job. What its type decides stands last, as on the wire.
func (w *writer) jobBody(key string, j *sim.Job) {
	w.object(key)
	w.str("id", j.ID())
	w.str("name", j.Name)
	w.str("type", namespace+"/workspaces/jobs")
	w.object("properties")
	w.null("description")
	w.jobTags(j)
	w.jobProperties(j)
	w.str("displayName", j.DisplayName)
	w.str("status", j.Status)
	w.str("experimentName", j.Experiment)
	w.services(j)
	w.strOrNull("computeId", computeOf(j))
	w.bool("isArchived", false)
	w.nulls("identity", "componentId", "notificationSetting")
	w.str("jobType", j.Type)
	switch j.Type {
	case "Pipeline":
		w.raw("settings", "{}")
		w.raw("inputs", "{}")
		w.raw("outputs", "{}")
		w.raw("jobs", "{}")
		w.null("sourceJobId")
	case "Sweep":
		w.sweep(j)
	case "AutoML":
		w.autoML(j)
	default:
		w.command(j)
	}
	w.endObject()
	w.object("systemData")
	w.time("createdAt", j.CreatedAt)
	w.str("createdBy", j.Owner)
	w.str("createdByType", "User")
	w.endObject()
	w.endObject()
}

// computeOf is the ARM id of where a job runs, "" for serverless compute.
func computeOf(j *sim.Job) string {
	switch {
	case j.Cluster != nil:
		return j.Cluster.ID()
	case j.Instance != nil:
		return j.Instance.ID()
	}
	return ""
}

// computeStatusTag is the one tag that jobs of the simulator have.
const computeStatusTag = "_aml_system_ComputeTargetStatus"

// jobTags writes the state of the cluster as the service keeps it in a tag:
// JSON inside a string.
func (w *writer) jobTags(j *sim.Job) {
	w.object("tags")
	if c := j.Cluster; c != nil {
		preparing, running := 0, 0
		for _, n := range c.Nodes {
			switch n.State {
			case "preparing":
				preparing++
			case "running":
				running++
			}
		}
		w.str(computeStatusTag, `{"AllocationState":"`+strings.ToLower(c.AllocationState)+
			`","PreparingNodeCount":`+strconv.Itoa(preparing)+`,"RunningNodeCount":`+strconv.Itoa(running)+
			`,"CurrentNodeCount":`+strconv.Itoa(len(c.Nodes))+`}`)
	}
	w.endObject()
}

// jobProperties writes the run's own properties. Times are UTC without a zone.
func (w *writer) jobProperties(j *sim.Job) {
	w.object("properties")
	switch {
	case j.Cluster != nil:
		w.str("_azureml.ComputeTargetType", "amlctrain")
		w.str("_azureml.ClusterName", j.Cluster.Name)
	case j.Instance != nil:
		w.str("_azureml.ComputeTargetType", "amlcdsi")
		w.str("_azureml.ClusterName", j.Instance.Name)
	}
	w.str("ProcessInfoFile", "azureml-logs/process_info.json")
	w.str("ProcessStatusFile", "azureml-logs/process_status.json")
	if !j.StartedAt.IsZero() {
		w.str("StartTimeUtc", j.StartedAt.UTC().Format(time.DateTime))
	}
	if !j.EndedAt.IsZero() {
		w.str("EndTimeUtc", j.EndedAt.UTC().Format(time.DateTime))
	}
	w.endObject()
}

func (w *writer) services(j *sim.Job) {
	ws := j.Workspace
	w.object("services")
	w.service("Tracking", "azureml://"+ws.Location+".api.azureml.ms/mlflow/v1.0"+ws.ID()+"?")
	w.service("Studio", "https://ml.azure.com/runs/"+j.Name+"?wsid=/subscriptions/"+ws.Subscription.ID+
		"/resourcegroups/"+ws.ResourceGroup+"/workspaces/"+ws.Name)
	w.endObject()
}

func (w *writer) service(name, endpoint string) {
	w.object(name)
	w.str("jobServiceType", name)
	w.null("port")
	w.str("endpoint", endpoint)
	w.nulls("status", "errorMessage", "properties", "nodes")
	w.endObject()
}

// resources writes how many nodes a job wants, and of which size if it runs on
// serverless compute.
func (w *writer) resources(j *sim.Job) {
	w.object("resources")
	w.int("instanceCount", max(1, j.Nodes))
	w.strOrNull("instanceType", j.Serverless)
	w.null("properties")
	w.str("shmSize", "2g")
	w.null("dockerArgs")
	w.endObject()
}

func (w *writer) command(j *sim.Job) {
	w.resources(j)
	w.null("codeId")
	w.str("command", "python train.py")
	w.str("environmentId", j.Workspace.ID()+"/environments/training/versions/1")
	w.raw("inputs", "{}")
	w.object("outputs")
	w.output(j)
	w.endObject()
	w.null("distribution")
	w.raw("limits", `{"timeout":null,"jobLimitsType":"Command"}`)
	w.null("environmentVariables")
	w.raw("parameters", "{}")
	w.raw("queueSettings", `{"jobTier":"Null"}`)
}

func (w *writer) output(j *sim.Job) {
	w.object("default")
	w.null("description")
	w.str("uri", "azureml://datastores/workspaceartifactstore/ExperimentRun/dcid."+j.Name)
	w.str("mode", "ReadWriteMount")
	w.str("jobOutputType", "uri_folder")
	w.endObject()
}

func (w *writer) sweep(j *sim.Job) {
	w.raw("samplingAlgorithm", `{"samplingAlgorithmType":"Random","rule":"Random","seed":null}`)
	w.raw("limits", `{"jobLimitsType":"Sweep","maxTotalTrials":20,"maxConcurrentTrials":`+strconv.Itoa(max(1, j.Nodes))+`,"trialTimeout":null,"timeout":"PT2H"}`)
	w.null("earlyTermination")
	w.raw("objective", `{"primaryMetric":"val_loss","goal":"Minimize"}`)
	w.object("trial")
	w.null("codeId")
	w.str("command", "python train.py --lr ${{search_space.lr}}")
	w.str("environmentId", j.Workspace.ID()+"/environments/training/versions/1")
	w.nulls("environmentVariables", "distribution")
	w.resources(j)
	w.endObject()
	w.raw("searchSpace", `{"lr":["uniform",[0.0001,0.1]]}`)
	w.raw("inputs", "{}")
	w.object("outputs")
	w.output(j)
	w.endObject()
}

func (w *writer) autoML(j *sim.Job) {
	w.resources(j)
	w.nulls("environmentId", "environmentVariables")
	w.raw("taskDetails", `{"taskType":"Classification","logVerbosity":"Info","targetColumnName":"label","primaryMetric":"Accuracy",`+
		`"trainingData":{"jobInputType":"mltable","uri":"azureml:training:1","description":null,"mode":"ReadOnlyMount"}}`)
	w.object("outputs")
	w.output(j)
	w.endObject()
	w.raw("queueSettings", `{"jobTier":"Null"}`)
}
