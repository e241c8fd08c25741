package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/spf13/cobra"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// deploymentFile is what "deploy -f" reads.
type deploymentFile struct {
	Kind        targetKind
	Workspace   string
	Endpoint    string
	Name        string
	AuthMode    string `toml:"auth_mode"`
	Model       string
	Environment string
	Code        string
	Scoring     string `toml:"scoring_script"`
	VMSize      string `toml:"vm_size"`
	Instances   int
	Cluster     string
	Traffic     int
}

// targetKind is where a deployment file deploys to.
type targetKind model.TargetKind

func (k *targetKind) UnmarshalText(text []byte) error {
	var word string
	if err := oneOf(&word, string(text), "managed", "batch"); err != nil {
		return err
	}
	*k = map[string]targetKind{
		"managed": targetKind(model.TargetManaged), "batch": targetKind(model.TargetBatch),
	}[word]
	return nil
}

func newDeploy(o *options) *cobra.Command {
	a := act{verb: model.VerbDeploy, format: "table"}
	var file string
	cmd := &cobra.Command{
		Use:   "deploy -f FILE",
		Short: "Create a deployment (and its endpoint), and wait until it is up",
		Long: `Create a managed online or a batch deployment from a TOML file:

  kind        = "managed"            # or "batch"
  workspace   = "vision"
  endpoint    = "churn-scoring"      # created if there is none
  name        = "blue"
  model       = "azureml:churn:7"
  environment = "azureml:sklearn-1.5:3"
  vm_size     = "Standard_DS3_v2"    # batch: cluster = "cpu-cluster"
  instances   = 2
  traffic     = 100                  # per cent, once it is up; 0 leaves traffic alone`,
		Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if file == "" {
				return usagef("deploy: say what with -f FILE")
			}
			return o.deploy(cmd.Context(), a, file)
		},
	}
	f := cmd.Flags()
	f.StringVarP(&file, "file", "f", "", "deployment `file`; - is standard input")
	a.register(f)
	return cmd
}

func (o *options) deploy(ctx context.Context, a act, file string) error {
	content, err := o.readFile(file)
	if err != nil {
		return err
	}
	d, err := parseDeployment(string(content))
	if err != nil {
		return usageError{fmt.Errorf("%s: %w", file, err)}
	}
	s, err := o.settings()
	if err != nil {
		return err
	}
	if s.ReadOnly && !a.dryRun {
		return usagef("deploy: read-only mode takes every action away; drop --read-only or read_only")
	}
	cloud, err := connect(ctx, s, o.sys)
	if err != nil {
		return err
	}
	bo := s.backendOptions(o.sys)
	snap, err := backend.Load(ctx, cloud, bo, model.SectionEndpoints, model.SectionComputes, model.SectionSizes, model.SectionQuotas)
	if err != nil {
		return fmt.Errorf("find workspace %s: %w", d.Workspace, err)
	}
	c, err := d.command(snap)
	if err != nil {
		return usageError{fmt.Errorf("%s: %w", file, err)}
	}
	return o.carryOut(ctx, cloud, bo, snap, []model.Command{c}, a)
}

// parseDeployment reads a deployment file; unknown keys are errors with their line.
func parseDeployment(content string) (deploymentFile, error) {
	d := deploymentFile{Kind: targetKind(model.TargetManaged), Instances: 1}
	meta, err := toml.Decode(content, &d)
	if err != nil {
		return d, tomlError(err)
	}
	var errs []error
	for _, key := range meta.Undecoded() {
		errs = append(errs, fmt.Errorf("line %d: unknown key %q; allowed: kind, workspace, endpoint, name, auth_mode, model, "+
			"environment, code, scoring_script, vm_size, instances, cluster, traffic", lineOf(content, key), key.String()))
	}
	return d, errors.Join(errs...)
}

// command turns the file into a command, with what the snapshot knows of the
// workspace.
func (d deploymentFile) command(snap *model.Snapshot) (model.Command, error) {
	ws, err := findWorkspace(snap, d.Workspace)
	if err != nil {
		return model.Command{}, err
	}
	spec := model.DeploymentSpec{
		Kind: model.TargetKind(d.Kind), Endpoint: d.Endpoint, Name: d.Name, AuthMode: d.AuthMode, Location: ws.Location,
		Model: d.Model, Environment: d.Environment, CodeID: d.Code, Scoring: d.Scoring,
		VMSize: model.SizeName(d.VMSize), Instances: d.Instances, Cluster: d.Cluster, Traffic: d.Traffic,
	}
	if err := spec.Validate(); err != nil {
		return model.Command{}, err
	}
	return model.DeployCommand(snap, ws, spec), nil
}

func findWorkspace(snap *model.Snapshot, name string) (*model.Workspace, error) {
	if name == "" {
		return nil, errors.New("workspace: name the workspace to deploy in")
	}
	var found []*model.Workspace
	names := make([]string, 0, len(snap.Workspaces))
	for _, w := range snap.Workspaces {
		names = append(names, w.Name)
		if strings.EqualFold(w.Name, name) || strings.EqualFold(w.ARMID, name) {
			found = append(found, w)
		}
	}
	switch len(found) {
	case 0:
		return nil, fmt.Errorf("workspace: no %q among %s", name, strings.Join(names, ", "))
	case 1:
		return found[0], nil
	}
	return nil, fmt.Errorf("workspace: %q is the name of %d workspaces; give the ARM id", name, len(found))
}
