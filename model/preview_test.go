package model_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/modeltest"
)

// written is a preview as one text.
func written(p model.Preview) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", p.Title)
	for _, l := range p.Lines {
		fmt.Fprintf(&b, "%s\n", l)
	}
	if p.Danger == model.DangerHigh {
		fmt.Fprintf(&b, "type %q: %s\n", p.Typed, p.Why)
	}
	return b.String()
}

func TestPreview(t *testing.T) {
	for _, c := range []struct {
		name string
		cmds []model.Command
		want string
	}{
		{"stop one's own idle instance", []model.Command{compute(model.VerbStop, "vision", "ana-gpu")}, `Stop ana-gpu?
owner: ana
what: vision, NC24s_v3 4×V100
jobs: none active
idle: no job for 3h12m
this run: $110.57 over 9h02m
saves: $782.95 until Monday 09:00, had it run on (2d15h at $12.24/h)
goes on: $0.05/h for disk, load balancer and IP, $36.50 a month
`},
		{"stop what works", []model.Command{compute(model.VerbStop, "nlp", "bo-busy")}, `Stop bo-busy?
owner: bo
what: nlp, DS3_v2
jobs: 1 active: tokenise Running 20m
idle: no: a job is running on it
this run: $0.58 over 2h
saves: $18.55 until Monday 09:00, had it run on (2d15h at $0.29/h)
goes on: $0.05/h for disk, load balancer and IP, $36.50 a month
type "bo-busy": 1 active job on it
`},
		{"stop in production", []model.Command{compute(model.VerbStop, "fraud-prod", "ops-shell")}, `Stop ops-shell?
owner: cy
what: fraud-prod, DS3_v2
jobs: none active
idle: no job for 50m
this run: $0.58 over 2h
saves: $18.55 until Monday 09:00, had it run on (2d15h at $0.29/h)
goes on: $0.05/h for disk, load balancer and IP, $36.50 a month
type "ops-shell": fraud-prod looks like production
`},
		{"stop what is not known", []model.Command{compute(model.VerbStop, "nlp", "cy-stuck")}, `Stop cy-stuck?
owner: cy
what: nlp, ND40rs_v2
jobs: not listed yet
idle: unknown: not running
saves: unknown: no price for ND40rs_v2
goes on: disk, load balancer and IP, at a price not known here
`},
		{"start without a leash", []model.Command{compute(model.VerbStart, "nlp", "ana-old")}, `Start ana-old?
owner: ana
what: nlp, DS3_v2
price: $0.29/h, $6.96 a day
leash: none: it bills until somebody stops it
`},
		{"restart", []model.Command{compute(model.VerbRestart, "vision", "ana-dev")}, `Restart ana-dev?
owner: ana
what: vision, DS3_v2
jobs: none active
idle: no job for 12m
this run: $0.58 over 2h
billing: goes on through the restart at $0.29/h
`},
		{"delete what is stopped", []model.Command{compute(model.VerbDelete, "nlp", "ana-old")}, `Delete ana-old for good?
owner: ana
what: nlp, DS3_v2
jobs: none active
idle: unknown: not running
lost: its OS disk and everything kept only there
ends: $0.05/h for disk, load balancer and IP as well
saves: nothing: its VM does not bill now
type "ana-old": deleting cannot be undone
`},
		{"raise a floor", []model.Command{scale(compute(model.VerbScale, "vision", "gpu-sweep"), 2, 8, 30*time.Minute)}, `Scale gpu-sweep?
what: vision, NC24s_v3 4×V100, Dedicated
jobs: none active
nodes: 0–8 → 2–8, 3 now
floor: $0.00/h → $24.48/h, $17,870.40 a month with no job at all
at most: $97.92/h
idle time: 2m → 30m before nodes go
`},
		{"drop a floor", []model.Command{scale(compute(model.VerbScale, "nlp", "cpu-floor"), 0, 4, 2*time.Minute)}, `Scale cpu-floor?
what: nlp, DS3_v2, Dedicated
jobs: none active
nodes: 2–8 → 0–4, 2 now
floor: $0.58/h → $0.00/h, saves $423.40 a month
at most: $2.32/h → $1.16/h
`},
		{"delete a cluster", []model.Command{compute(model.VerbDelete, "nlp", "cpu-floor")}, `Delete cpu-floor for good?
what: nlp, DS3_v2, Dedicated
jobs: none active
nodes: 2 now, 2–8
ends: $0.58/h now, floor $0.58/h
batch: 1 batch deployment would have nowhere to run
type "cpu-floor": deleting cannot be undone
`},
		{"deploy", []model.Command{deploy(nil)}, `Deploy red?
endpoint: fraud-prod, fraud
model: fraud:4
size: 2 × DS3_v2
price: $0.58/h, $423.40 a month; it never scales to zero
quota: 60 of 100 vCPUs left, needs 12
traffic: left alone
type "red": fraud-prod looks like production
`},
		{"undeploy what failed", []model.Command{undeploy("fraud-prod", "fraud", "green")}, `Undeploy green?
endpoint: fraud-prod, fraud
state: Failed
model: fraud:3
traffic: none
saves: $0.87/h, $635.10 a month
type "green": fraud-prod looks like production
`},
		{"move traffic to what failed", []model.Command{traffic(map[string]int{"blue": 90, "green": 10})}, `Set the traffic of fraud?
now: blue 100 %
then: blue 90 % green 10 %
green: is Failed and would get requests
type "fraud": fraud-prod looks like production
`},
		{"cancel a job", []model.Command{cancel("vision", "job-train")}, `Cancel job job-train?
owner: ana
what: vision, Command on gpu-train
status: Running
ran: 3h on 1 node, $36.72 so far
`},
		{"cancel what waits", []model.Command{cancel("nlp", "job-q1")}, `Cancel job job-q1?
owner: ana
what: nlp, Command on gpu-wait
status: Queued
ran: not started
`},
		{"nothing", nil, "Nothing to do\n"},
		{"what is gone", []model.Command{compute(model.VerbStop, "vision", "gone")}, "Stop gone?\ntarget: not in the newest data\n"},
		{"cancel two", []model.Command{cancel("vision", "job-train"), cancel("nlp", "job-q1")}, `Cancel 2 jobs?
job-train: vision, ana, Running 3h
job-q1: nlp, ana, Queued
`},
		{"stop one of two that works", []model.Command{compute(model.VerbStop, "nlp", "bo-forgot"), compute(model.VerbStop, "nlp", "bo-busy")}, `Stop 2 targets?
total: $0.58/h stops; saves $37.10 until Monday 09:00, had all run on
busy: 1 of 2 have active jobs
bo-forgot: nlp, bo, DS3_v2, $0.29/h, no job for 5d
bo-busy: nlp, bo, DS3_v2, $0.29/h, a job is running on it
type "2": bo-busy: 1 active job on it
`},
		{"start two", []model.Command{compute(model.VerbStart, "nlp", "ana-old"), compute(model.VerbStart, "nlp", "cy-stuck")}, `Start 2 targets?
total: $0.29/h, $6.96 a day
unpriced: 1 without a known price are not in it
ana-old: nlp, ana, DS3_v2, $0.29/h
cy-stuck: nlp, cy, ND40rs_v2, price unknown
`},
		{"undeploy and delete several", []model.Command{undeploy("fraud-prod", "fraud", "green"), undeploy("fraud-prod", "fraud", "blue")}, `Undeploy 2 targets?
total: saves $1.45/h
green: fraud-prod, fraud, Failed
blue: fraud-prod, fraud, Succeeded
type "2": green: fraud-prod looks like production
`},
		{"stop two", []model.Command{compute(model.VerbStop, "vision", "ana-gpu"), compute(model.VerbStop, "nlp", "bo-forgot")}, `Stop 2 targets?
total: $12.53/h stops; saves $801.50 until Monday 09:00, had all run on
ana-gpu: vision, ana, NC24s_v3 4×V100, $12.24/h, no job for 3h12m
bo-forgot: nlp, bo, DS3_v2, $0.29/h, no job for 5d
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := written(model.PreviewOf(modeltest.Fleet(), c.cmds, modeltest.Now(), time.UTC))
			if got != c.want {
				t.Errorf("got\n%swant\n%s", got, c.want)
			}
		})
	}
}

func TestBulkPreviewIsCappedAndTyped(t *testing.T) {
	s := modeltest.Many(1)
	var cmds []model.Command
	for _, i := range s.Instances {
		cmds = append(cmds, on(model.VerbStop, i))
	}
	p := model.PreviewOf(s, cmds, modeltest.Now(), time.UTC)
	if p.Title != "Stop 90 targets?" || p.Typed != "90" || p.Danger != model.DangerHigh || p.Why != "90 targets at once" || p.Confirm != "Stop 90" {
		t.Errorf("%+v", p)
	}
	text := written(p)
	if len(p.Lines) != 14 || !strings.Contains(text, "and 78 more") || !strings.Contains(text, "$26.10/h stops") {
		t.Errorf("%d lines:\n%s", len(p.Lines), text)
	}
	if p := model.PreviewOf(s, cmds[:3], modeltest.Now(), time.UTC); p.Danger != model.DangerLow || p.Typed != "" {
		t.Errorf("three idle instances: %+v", p)
	}
}

func TestPreviewOfNothingKnown(t *testing.T) {
	for _, verb := range []model.Verb{model.VerbStop, model.VerbScale, model.VerbDeploy, model.VerbUndeploy, model.VerbTraffic, model.VerbCancelJob} {
		p := model.PreviewOf(nil, []model.Command{{Verb: verb, Name: "x"}}, modeltest.Now(), time.UTC)
		if p.Title == "" || len(p.Lines) != 1 {
			t.Errorf("%s: %+v", verb, p)
		}
	}
}

func TestDeployPreviewWarns(t *testing.T) {
	p := model.PreviewOf(modeltest.Fleet(), []model.Command{deploy(func(d *model.DeploymentSpec) {
		d.VMSize, d.Endpoint, d.NewEndpoint, d.Traffic = "Standard_NC24s_v3", "fresh", true, 100
	})}, modeltest.Now(), time.UTC)
	text := written(p)
	for _, want := range []string{"fresh, created first (Key)", "2 × NC24s_v3 4×V100", "0 of 144 vCPUs left, needs 72", "NCsv3 requires approval",
		"not listed for managed online deployments", "retires: 30 Sep 2026", "100 % once it is up"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
}

func TestUses(t *testing.T) {
	for kind, want := range map[string]string{
		"AmlCompute": "[training AutoML pipelines designer inference]", "kubernetes": "[training pipelines designer inference]",
		"DataLakeAnalytics": "[training pipelines]", "AKS": "[inference]",
	} {
		if got, ok := model.Uses(kind); !ok || fmt.Sprint(got) != want {
			t.Errorf("%s: %v, %v", kind, got, ok)
		}
	}
	if uses, ok := model.Uses("Quantum"); ok || uses != nil || model.KindName("Quantum") != "Quantum" || model.KindName("HDINSIGHT") != "HDInsight" {
		t.Error("an unknown kind stays unknown")
	}
}

func TestAssetName(t *testing.T) {
	const ws = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
	for ref, want := range map[string]string{
		ws + "/models/fraud/versions/102": "fraud:102", "azureml:fraud:3": "fraud:3", "azureml://registries/r/models/m/versions/2": "m:2",
		ws + "/environments/env/Versions/1": "env:1", "mcr.microsoft.com/azureml/minimal:latest": "mcr.microsoft.com/azureml/minimal:latest", "": "",
		"versions/1": "versions/1",
	} {
		if got := model.AssetName(ref); got != want {
			t.Errorf("AssetName(%q) = %q, want %q", ref, got, want)
		}
	}
}

func TestGPUText(t *testing.T) {
	for gpu, want := range map[string]string{"V100": "2×V100", "NVIDIA Tesla V100": "2×V100", "NVIDIA A100 80GB": "2×A100", "AMD Instinct MI25": "2×MI25", "": "2×GPU", "NVIDIA": "2×GPU"} {
		if got := (&model.Size{GPUs: 2, GPUModel: gpu}).GPUText(); got != want {
			t.Errorf("%q: %q, want %q", gpu, got, want)
		}
	}
	if got := (*model.Size)(nil).GPUText() + (&model.Size{GPUModel: "V100"}).GPUText(); got != "" {
		t.Errorf("no accelerators: %q", got)
	}
}
