package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/amltop/amltop/backend/azure"
	"github.com/amltop/amltop/backend/sim"
)

// options are the global flags. A flag that was given wins over the
// configuration file, which wins over the default.
type options struct {
	sys      system
	config   string
	backend  backendName
	endpoint string
	scenario string
	speed    speed
	seed     uint64
	readOnly bool
	start    string
	stateDir string
	cloud    cloudName
	tenant   string
	signIn   signInName

	subscriptions, workspaces []pattern

	cmd *cobra.Command // whose flags were parsed
}

// register declares the flags on the root, for every subcommand.
func (o *options) register(root *cobra.Command) {
	f := root.PersistentFlags()
	f.StringVar(&o.config, "config", "", "configuration `file` (default: amltop config path)")
	f.Var(&flagValue[*backendName]{&o.backend, "auto", "auto|sim|azure"}, "backend", "where the data comes from")
	f.StringVar(&o.endpoint, "endpoint", "", "`URL` of an ARM endpoint, such as that of amltop emulate")
	f.Var(&flagValue[*cloudName]{&o.cloud, "public", "public|usgovernment|china"}, "cloud", "Azure: the cloud")
	f.StringVar(&o.tenant, "tenant", "", "Azure: `tenant` to sign in to, an id or a domain")
	f.Var(&flagValue[*signInName]{&o.signIn, "auto", strings.Join(azure.SignInWays(), "|")}, "sign-in", "Azure: how to sign in")
	f.StringVar(&o.scenario, "scenario", "demo", "simulated Azure: a built-in scenario or a TOML `file`")
	f.Var(&flagValue[*speed]{&o.speed, "60", "N"}, "speed", "simulated Azure: virtual seconds a second, 1 to 3600")
	f.Uint64Var(&o.seed, "seed", 1, "simulated Azure: seed of everything random")
	f.StringVar(&o.stateDir, "state-dir", "", "`folder` of what amltop remembers (default: amltop info)")
	f.BoolVar(&o.readOnly, "read-only", false, "take every action that changes something away")
	f.BoolVar(&o.readOnly, "readonly", false, "the same as --read-only")
	_ = f.MarkHidden("readonly")
	f.Var(patternList{&o.subscriptions}, "subscription", "only this subscription, by id, name or `pattern`; repeat for more")
	f.VarP(patternList{&o.workspaces}, "workspace", "n", "only this workspace, by id, name or `pattern`; repeat for more")
	root.Flags().StringVarP(&o.start, "command", "c", "", "start with a `command`, such as \"instances /owner:ana\"")
	root.PersistentPreRun = func(cmd *cobra.Command, _ []string) { o.cmd = cmd }
	_ = root.RegisterFlagCompletionFunc("backend", fixed("auto", "sim", "azure"))
	_ = root.RegisterFlagCompletionFunc("cloud", fixed("public", "usgovernment", "china"))
	_ = root.RegisterFlagCompletionFunc("sign-in", fixed(azure.SignInWays()...))
	_ = root.RegisterFlagCompletionFunc("scenario", fixed(sim.Scenarios()...))
}

func fixed(words ...string) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return words, cobra.ShellCompDirectiveNoFileComp
	}
}

// settings reads the configuration and lays the flags that were given over it.
func (o *options) settings() (settings, error) {
	path, named, err := o.configPath()
	if err != nil {
		return settings{}, err
	}
	s, err := loadSettings(path, named)
	if err != nil {
		return s, err
	}
	given := o.cmd.Flags().Changed
	if given("backend") {
		s.Backend = o.backend
	}
	if given("endpoint") {
		s.Endpoint = o.endpoint
	}
	if given("cloud") {
		s.Azure.Cloud = o.cloud
	}
	if given("tenant") {
		s.Azure.Tenant = o.tenant
	}
	if given("sign-in") {
		s.Azure.SignIn = o.signIn
	}
	if given("scenario") {
		s.Sim.Scenario = o.scenario
	}
	if given("speed") {
		s.Sim.Speed = o.speed
	}
	if given("seed") {
		s.Sim.Seed = o.seed
	}
	if given("read-only") || given("readonly") {
		s.ReadOnly = o.readOnly
	}
	if o.stateDir != "" {
		s.State.Dir = o.stateDir
	}
	if len(o.subscriptions) > 0 {
		s.Azure.Subscriptions = o.subscriptions
	}
	if len(o.workspaces) > 0 {
		s.Azure.Workspaces = o.workspaces
	}
	if o.start != "" {
		s.UI.Start = o.start
	}
	return s, s.settle(given)
}

// settle decides what the flags given leave open, and refuses what goes against
// each other.
func (s *settings) settle(given func(string) bool) error {
	for _, name := range []string{"scenario", "speed", "seed"} {
		switch {
		case !given(name) || s.Backend == "sim":
		case s.Endpoint != "":
			return usagef("--%s belongs to the simulator in this process; give it to amltop emulate, not together with --endpoint", name)
		case s.Backend == "auto":
			s.Backend = "sim" // nobody else has one
		}
	}
	return nil
}

// configPath is the configuration file's path, and whether it was asked for by
// name.
func (o *options) configPath() (path string, named bool, err error) {
	if o.config != "" {
		path, err = filepath.Abs(o.config)
		return path, true, err
	}
	path, err = settingsPath(o.sys.env)
	return path, false, err
}

// zone is the time zone days and months are counted in.
func (s settings) zone(fallback *time.Location) *time.Location {
	if s.UI.TimeZone.Location != nil {
		return s.UI.TimeZone.Location
	}
	return fallback
}

// readFile reads a file a flag names; "-" is standard input.
func (o *options) readFile(path string) ([]byte, error) {
	if path == "-" {
		return readAll(o.sys.stdin)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, usageError{fmt.Errorf("read %s: %w", path, err)}
	}
	return text, nil
}
