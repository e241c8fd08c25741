package model

import (
	"iter"
	"maps"
	"slices"
	"strings"
)

// Spender is a target that is billed, with what budgets and sums tell targets
// apart by. It is a row as model/filter sees one.
type Spender struct {
	Kind         string // instance, cluster, deployment
	ID           string // identity
	Name         string // of a deployment, endpoint/deployment
	Workspace    *Workspace
	WorkspaceID  WorkspaceID
	Subscription *Subscription // nil: not listed
	Owner        string        // "" not known
	Location     string
	Size         SizeName
	Series       string
	Tags         map[string]string // the target's own
	Meter        Meter
}

// SpenderColumns are the names a filter over spenders can use.
func SpenderColumns() []string {
	return []string{"name", "kind", "workspace", "subscription", "group", "owner", "location", "size", "series", "tag"}
}

// Spenders are all targets that are billed. One Spender serves all rows: it is
// valid until the next.
func (s *Snapshot) Spenders() iter.Seq[*Spender] {
	return func(yield func(*Spender) bool) {
		if s == nil {
			return
		}
		subs := byKey(s.Subscriptions, func(r *Subscription) SubscriptionID { return r.ID })
		spaces := byKey(s.Workspaces, func(r *Workspace) WorkspaceID { return r.ID })
		var p Spender
		next := func(kind, id, name string, ws WorkspaceID, owner string, r *Resource, vm SizeName, size *Size, m Meter) bool {
			p = Spender{
				Kind: kind, ID: id, Name: name, WorkspaceID: ws, Workspace: spaces[ws], Owner: owner,
				Location: r.Location, Size: vm, Tags: r.Tags, Meter: m,
			}
			if p.Workspace != nil {
				p.Subscription = subs[p.Workspace.Subscription]
			}
			if size != nil {
				p.Series = size.Series
			}
			return yield(&p)
		}
		for _, i := range s.Instances {
			if !next("instance", string(i.ID), i.Name, i.Workspace, i.Owner, &i.Resource, i.VMSize, i.Size, i.Meter) {
				return
			}
		}
		for _, c := range s.Clusters {
			if !next("cluster", string(c.ID), c.Name, c.Workspace, c.CreatedBy, &c.Resource, c.VMSize, c.Size, c.Meter) {
				return
			}
		}
		for _, d := range s.Deployments {
			if !next("deployment", string(d.ID), d.EndpointName+"/"+d.Name, d.Workspace, d.CreatedBy, &d.Resource, d.VMSize, d.Size, d.Meter) {
				return
			}
		}
	}
}

// Text is the text of a column; a line each if there are several ways to say it.
func (p *Spender) Text(column string) string {
	switch column {
	case "name":
		return p.Name
	case "kind":
		return p.Kind
	case "workspace":
		if p.Workspace != nil {
			return p.Workspace.Name
		}
		return BaseName(string(p.WorkspaceID))
	case "subscription":
		return p.subscription()
	case "group":
		if p.Workspace != nil {
			return p.Workspace.ResourceGroup
		}
	case "owner":
		return p.Owner
	case "location":
		return p.Location
	case "size":
		return string(p.Size)
	case "series":
		return p.Series
	case "tag":
		return p.tags()
	}
	return ""
}

func (p *Spender) subscription() string {
	var lines []string
	if p.Subscription != nil {
		lines = append(lines, p.Subscription.Name)
	}
	if p.Workspace != nil {
		lines = append(lines, string(p.Workspace.Subscription))
	}
	return strings.Join(lines, "\n")
}

// tags are the target's tags and those of its workspace: teams tag either.
func (p *Spender) tags() string {
	var lines []string
	add := func(tags map[string]string) {
		for _, key := range slices.Sorted(maps.Keys(tags)) {
			lines = append(lines, key+"="+tags[key])
		}
	}
	add(p.Tags)
	if p.Workspace != nil {
		add(p.Workspace.Tags)
	}
	return strings.Join(lines, "\n")
}

// Number is the number of a column: none of a spender's has one.
func (p *Spender) Number(string) (float64, bool) { return 0, false }

// All is every text of the row, one a line.
func (p *Spender) All() string {
	var all []string
	for _, c := range SpenderColumns() {
		if t := p.Text(c); t != "" {
			all = append(all, t)
		}
	}
	return Fold(strings.Join(all, "\n"))
}
