package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/keymap"
)

// command is something the command line understands besides the panes' names.
type command struct {
	names []string // the first is the one completed to
	help  string
	run   func(a *App, rest string) tea.Cmd
}

// aliases are other names of panes, those k9s users will try first.
var aliases = map[string]string{
	"ov": "overview", "costs": "cost", "spend": "cost", "money": "cost", "ws": "workspaces", "workspace": "workspaces",
	"cc": "clusters", "cl": "clusters", "cluster": "clusters", "ci": "instances", "in": "instances", "instance": "instances",
	"dp": "deployments", "deployment": "deployments", "ep": "endpoints", "endpoint": "endpoints",
	"jb": "jobs", "job": "jobs", "run": "jobs", "runs": "jobs", "at": "attached", "vm": "sizes", "sz": "sizes", "size": "sizes",
	"qu": "quota", "quotas": "quota", "ac": "activity", "log": "activity", "events": "activity", "no": "nodes", "node": "nodes",
}

// commands are the commands by their names. It is a function because what they
// do leads back here.
func commands() []command {
	return []command{
		{[]string{"quit", "q", "q!", "exit"}, "quit", func(*App, string) tea.Cmd { return tea.Quit }},
		{[]string{"help", "h", "keys"}, "every key", func(a *App, _ string) tea.Cmd { return a.openHelp() }},
		{[]string{"aliases"}, "short names of panes and commands", func(a *App, _ string) tea.Cmd { return a.openAliases() }},
		{[]string{"readonly", "read-only"}, "take the mutating actions away, or give them back", func(a *App, _ string) tea.Cmd { return a.toggleReadOnly() }},
		{[]string{"filter"}, "filter the pane", func(a *App, rest string) tea.Cmd { return a.filterBy(rest) }},
		{[]string{"sort"}, "sort the pane by a column", func(a *App, rest string) tea.Cmd { return a.sortColumn(rest) }},
		{[]string{"refresh"}, "ask the service for everything anew", func(a *App, _ string) tea.Cmd { return a.askRefresh("ctrl+r") }},
		{[]string{"faults", "errors"}, "everything that fails at the moment", func(a *App, _ string) tea.Cmd { return a.openFaults() }},
		{[]string{"diff", "since"}, "what happened and what it cost since you last looked, or since 24h, 7d, a day", (*App).openDiff},
		{[]string{"budget", "limits"}, "what is left of the service's request allowances", func(a *App, _ string) tea.Cmd { return a.openBudgets() }},
		{[]string{"signin", "login"}, "sign in to Azure with a code, in any browser", func(a *App, _ string) tea.Cmd { return a.signIn() }},
		{[]string{"deploy"}, "new deployment", func(a *App, _ string) tea.Cmd { return a.create("deployment") }},
		{[]string{"create", "new"}, "new instance, cluster or deployment: said, else that of the pane", (*App).create},
		{[]string{"whatif", "what-if"}, "what the row would cost with other VM sizes", func(a *App, _ string) tea.Cmd { return a.openWhatIf() }},
		{[]string{"export"}, "save the rows shown", func(a *App, _ string) tea.Cmd { return a.exportRows() }},
		rowCommand(keymap.Stop, "stop, or cancel, the marked or selected rows", "cancel"),
		rowCommand(keymap.Start, "start them"),
		rowCommand(keymap.Restart, "restart them"),
		rowCommand(keymap.Idle, "their idle shutdown"),
		{[]string{"leash"}, "what stops them: " + model.LeashUsage, (*App).leashCommand},
		{[]string{"stop-idle"}, "stop idle instances, chosen from a list", func(a *App, _ string) tea.Cmd { return a.openStopIdle() }},
		rowCommand(keymap.ZeroMin, "minimum 0 for clusters"),
		rowCommand(keymap.Schedule, "the schedules of an instance"),
		rowCommand(keymap.Scale, "the nodes of a cluster, the instances of a deployment"),
		rowCommand(keymap.Traffic, "the traffic of an endpoint"),
		rowCommand(keymap.Delete, "delete them, or detach what is attached", "undeploy", "detach"),
	}
}

// rowCommand is the command of what a key does to the rows at hand.
func rowCommand(id keymap.ID, help string, aliases ...string) command {
	return command{append([]string{string(id)}, aliases...), help, func(a *App, _ string) tea.Cmd { return a.act(a.keys.Get(id)) }}
}

// parse takes a command line apart: what it names and the rest.
func (a *App) parse(text string) (page int, cmd *command, rest string, err error) {
	word, rest, _ := strings.Cut(strings.TrimSpace(text), " ")
	word, rest = strings.ToLower(word), strings.TrimSpace(rest)
	name := word
	if full, ok := aliases[word]; ok {
		name = full
	}
	if i := a.find(name); i >= 0 {
		return i, nil, rest, nil
	}
	for _, c := range commands() {
		if slices.Contains(c.names, word) {
			return -1, &c, rest, nil
		}
	}
	return -1, nil, "", fmt.Errorf("no command or pane %q; :help and :aliases list what there is", word)
}

// checkCommand says what is wrong with a command without running it.
func (a *App) checkCommand(text string) error {
	_, _, _, err := a.parse(text)
	return err
}

// runCommand runs a command line: a pane with or without a filter, or one of
// the commands.
func (a *App) runCommand(text string) tea.Cmd {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	page, cmd, rest, err := a.parse(text)
	switch {
	case err != nil:
		a.notify(model.HealthBad, err.Error())
		return nil
	case cmd != nil:
		return cmd.run(a, rest)
	case rest == "":
		return a.visit(page)
	}
	return tea.Batch(a.visit(page), a.filterBy(strings.TrimPrefix(rest, "/")))
}

// filterBy filters the pane on the screen.
func (a *App) filterBy(text string) tea.Cmd {
	cmd, err := a.page().pane.SetFilter(text, a.env())
	if err != nil {
		a.notify(model.HealthBad, err.Error())
	}
	return cmd
}

// toggleReadOnly takes mutating actions away, and gives them back where nobody
// outside the screen took them.
func (a *App) toggleReadOnly() tea.Cmd {
	if a.opt.ReadOnly || a.snap.ReadOnly {
		a.notify(model.HealthChange, "read-only was asked for when the program was started; start it without to act")
		return nil
	}
	a.readOnly = !a.readOnly
	if a.readOnly {
		a.notify(model.HealthQuiet, "read-only: nothing can be changed from here until :readonly again")
	} else {
		a.notify(model.HealthQuiet, "read-only is off")
	}
	return nil
}

// candidates are what a first word can become, panes first, in order.
func (a *App) candidates(prefix string) []string {
	prefix = strings.ToLower(prefix)
	var list []string
	for _, p := range a.pages {
		if strings.HasPrefix(p.pane.Name(), prefix) {
			list = append(list, p.pane.Name())
		}
	}
	for _, c := range commands() {
		if strings.HasPrefix(c.names[0], prefix) {
			list = append(list, c.names[0])
		}
	}
	if full, ok := aliases[prefix]; ok && !slices.Contains(list, full) && a.find(full) >= 0 {
		list = append([]string{full}, list...)
	}
	return list
}

// complete takes a command line as far as it is clear.
func (a *App) complete(text string) string {
	if strings.Contains(text, " ") {
		return text
	}
	list := a.candidates(text)
	switch len(list) {
	case 0:
		return text
	case 1:
		return list[0] + " "
	}
	if full, ok := aliases[text]; ok {
		return full + " "
	}
	if c := common(list); len(c) > len(text) {
		return c
	}
	return text
}

// common is what all names of a list begin with; there is at least one.
func common(list []string) string {
	c := list[0]
	for _, name := range list[1:] {
		for !strings.HasPrefix(name, c) {
			c = c[:len(c)-1]
		}
	}
	return c
}
