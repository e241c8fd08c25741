package ui

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/dialog"
	"github.com/amltop/amltop/ui/keymap"
	"github.com/amltop/amltop/ui/pane"
)

// Fields of the forms for a new instance or cluster, besides those of the
// deployment form.
const (
	fieldLocation = "location"
	fieldPriority = "priority"
	fieldMin      = "min"
	fieldMax      = "max"
	fieldIdle     = "idle"
	fieldSchedule = "schedule"
)

// A new instance stops by itself unless somebody says otherwise.
const (
	newIdle      = time.Hour
	newIdleNodes = 2 * time.Minute
)

// createdHere is the kind of compute that is made in the pane on the screen.
func (a *App) createdHere() string {
	if a.page().pane.Name() == "clusters" {
		return model.TypeCluster
	}
	return model.TypeInstance
}

// create opens the form for something new: what is said, else what the pane is of.
func (a *App) create(what string) tea.Cmd {
	if a.barred() {
		a.notify(model.HealthWarn, "read-only: nothing can be made")
		return nil
	}
	row, _ := a.page().pane.Selected(a.env())
	switch strings.ToLower(what) {
	case "":
		return a.act(a.keys.Get(keymap.Create))
	case "instance", "ci":
		return a.openCreate(model.TypeInstance, row)
	case "cluster", "cc":
		return a.openCreate(model.TypeCluster, row)
	case "deployment", "dp":
		return a.openDeploy(row)
	}
	a.notify(model.HealthBad, "create: "+what+" is not one of instance, cluster, deployment")
	return nil
}

// openCreate opens the form for a new instance or cluster, in the workspace of
// a row.
func (a *App) openCreate(kind string, row pane.Selection) tea.Cmd {
	c := &creator{s: a.snap, kind: kind, sizes: &sizeMenu{s: a.snap}}
	ws := row.Workspace
	if w, is := row.Row.(*model.Workspace); is {
		ws = w.ID
	}
	options := c.workspaces()
	open := slices.IndexFunc(options, func(o dialog.Option) bool { return !o.Off })
	if open < 0 {
		a.notify(model.HealthWarn, "there is no workspace to create it in")
		return nil
	}
	if c.s.Workspace(ws) == nil {
		ws = model.WorkspaceID(options[open].Value)
	}
	title := "New compute instance"
	if kind == model.TypeCluster {
		title = "New compute cluster"
	}
	a.dialogs.Open(dialog.NewForm(title, "preview", c.fields(ws, options), c.judge))
	return nil
}

// creator makes a command of a form's values. It works on the snapshot the form
// was opened with.
type creator struct {
	s     *model.Snapshot
	kind  string
	sizes *sizeMenu
}

func (c *creator) fields(ws model.WorkspaceID, workspaces []dialog.Option) []dialog.Field {
	fields := []dialog.Field{
		dialog.Choice(fieldWorkspace, "workspace", string(ws), workspaces),
		dialog.Text(fieldName, "name", "", "letters, digits, dashes; nobody else's in the region"),
	}
	if c.kind == model.TypeInstance {
		idle := dialog.Text(fieldIdle, "idle shutdown", "", "30m, 2h, 1d … or off; enter lists some")
		idle.Free, idle.Options = true, idlePresets()
		idle.Set(spelled(newIdle))
		return append(fields,
			dialog.Choice(fieldSize, "VM size", "", nil),
			idle,
			dialog.Text(fieldSchedule, "schedule", "", "none; or such as stop daily 19:00 Romance Standard Time"),
		)
	}
	fields[1].Hint = "letters, digits, dashes"
	return append(fields,
		dialog.Choice(fieldLocation, "location", "", nil),
		dialog.Choice(fieldPriority, "priority", string(model.Dedicated), []dialog.Option{{Value: string(model.Dedicated)}, {Value: string(model.LowPriority)}}),
		dialog.Choice(fieldSize, "VM size", "", nil),
		dialog.Text(fieldMin, "minimum nodes", "0", ""),
		dialog.Text(fieldMax, "maximum nodes", "1", ""),
		dialog.Text(fieldIdle, "idle before down", spelled(newIdleNodes), "2m, 1h …"),
	)
}

// judge says what the values come to. The same values, the same judgement.
func (c *creator) judge(v dialog.Values) dialog.Judged {
	ws := c.s.Workspace(model.WorkspaceID(v[fieldWorkspace]))
	if ws == nil {
		return dialog.Judged{Errors: []string{"workspace: choose one"}}
	}
	spec, err := c.spec(ws, v)
	command := model.CreateCommand(ws, spec)
	if err == nil {
		err = command.Create.Validate()
	}
	if err == nil {
		err = model.Check(c.s, command)
	}
	j := judged(c.notes(command), command, err)
	j.Options = map[string][]dialog.Option{
		fieldSize: c.sizes.of(sizeAsk{ws.ID, command.Create.Location, c.kind, spec.Priority == model.LowPriority}),
	}
	if c.kind == model.TypeCluster {
		j.Options[fieldLocation] = c.locations(ws)
		j.Propose = map[string]string{fieldLocation: ws.Location}
	}
	return j
}

// spec is what the values ask for, as far as they do.
func (c *creator) spec(ws *model.Workspace, v dialog.Values) (model.ComputeSpec, error) {
	spec := model.ComputeSpec{Kind: c.kind, Name: strings.TrimSpace(v[fieldName]), Location: ws.Location, VMSize: model.SizeName(v[fieldSize])}
	if c.kind == model.TypeInstance {
		var errIdle, errSchedule error
		spec.Idle, errIdle = model.ParseIdle(v[fieldIdle])
		if text := strings.TrimSpace(v[fieldSchedule]); text != "" {
			var s model.InstanceSchedule
			s, errSchedule = model.ParseSchedule(text)
			spec.Schedules = []model.InstanceSchedule{s}
		}
		return spec, errors.Join(errIdle, errSchedule)
	}
	var errMin, errMax, errIdle error
	spec.Location, spec.Priority = cmp.Or(v[fieldLocation], ws.Location), model.Priority(v[fieldPriority])
	spec.Scale.Min, errMin = number("minimum", v[fieldMin])
	spec.Scale.Max, errMax = number("maximum", v[fieldMax])
	spec.Scale.IdleBeforeScaleDown, errIdle = span("idle before down", v[fieldIdle])
	return spec, errors.Join(errMin, errMax, errIdle)
}

// notes say what it will cost and what may keep it from being had, in the
// preview's words.
func (c *creator) notes(command model.Command) []string {
	if command.Create.VMSize == "" {
		return nil
	}
	return inPreviewsWords(c.s, command, "price", "floor", "at rest", "at most", "quota", "restricted", "retires", "leash", "priority")
}

// workspaces are all there are; one without compute targets of its own says so.
func (c *creator) workspaces() []dialog.Option {
	options := workspaceOptions(c.s)
	for i := range options {
		w := c.s.Workspace(model.WorkspaceID(options[i].Value))
		if err := model.AllowCreate(c.s, w); err != nil {
			options[i].Off, options[i].Note = true, reason(err)
		}
	}
	return options
}

// locations are the regions a cluster of a workspace can be in, as far as they
// are known: the workspace's, then those VM sizes were read for.
func (c *creator) locations(ws *model.Workspace) []dialog.Option {
	options := []dialog.Option{{Value: ws.Location, Note: "the workspace's"}}
	seen := map[string]bool{model.RegionKey(ws.Location): true}
	for _, z := range c.s.Sizes {
		if key := model.RegionKey(z.Location); key != "" && !seen[key] {
			seen[key] = true
			options = append(options, dialog.Option{Value: key, Note: "data goes from region to region"})
		}
	}
	slices.SortFunc(options[1:], func(a, b dialog.Option) int { return cmp.Compare(a.Value, b.Value) })
	return options
}
