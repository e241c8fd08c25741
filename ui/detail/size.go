package detail

import (
	"strconv"
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
	"github.com/amltop/amltop/ui/theme"
)

// machine is the VM of a target: by its name alone where nothing else is known.
func machine(env pane.Env, name model.SizeName, z *model.Size) Section {
	if z != nil {
		return sizeSection(env, z)
	}
	s := Section{Title: "VM"}
	s.must("size", string(name))
	if name != "" {
		s.mark("what it is", "unknown to the service's list and to the built-in table", theme.Warn)
	}
	return s
}

// sizeSection is what a VM size is.
func sizeSection(env pane.Env, z *model.Size) Section {
	s := Section{Title: "VM"}
	s.say("size", string(z.Name))
	s.say("series", z.Series)
	s.say("family", z.Family)
	s.must("vCPUs", positive(z.VCPUs))
	if z.MemoryMiB > 0 {
		s.say("memory", strconv.FormatFloat(z.MemoryGiB(), 'f', -1, 64)+" GiB")
	}
	if z.GPUs > 0 {
		s.say("GPUs", strconv.Itoa(z.GPUs)+" "+z.GPUModel)
	}
	if z.ResourceMB > 0 {
		s.say("temporary disk", strconv.Itoa(z.ResourceMB/1024)+" GiB")
	}
	switch z.Restriction {
	case model.RestrictionApproval:
		s.mark("restriction", "requires approval", theme.Warn)
	case model.RestrictionNone:
		s.say("restriction", "none")
	default:
		s.must("restriction", "")
	}
	if z.Isolated {
		s.say("isolated", "yes: one VM a physical host")
	}
	if z.RDMA {
		s.say("RDMA", "yes")
	}
	if !z.RetiredOn.IsZero() {
		text, tone := z.RetiredOn.Format("2006-01-02"), theme.Warn
		if !z.RetiredOn.After(env.Now) {
			text, tone = text+", gone", theme.Bad
		}
		s.mark("retires", text, tone)
	}
	return s
}

// priceSection is what a VM size costs an hour, by tier.
func priceSection(z *model.Size) Section {
	s := Section{Title: "price"}
	s.must("region", z.Location)
	s.say("dedicated", sourced(z.Standard))
	if z.LowPriorityCapable || z.LowPriority.Known() {
		s.say("low priority", sourced(z.LowPriority))
	}
	if z.Spot.Known() {
		s.say("spot", sourced(z.Spot))
	}
	return s
}

// sourced is a price with where it comes from.
func sourced(p model.Price) string {
	if !p.Known() {
		return p.Rate() + ": " + p.Origin()
	}
	return p.Rate() + ", from " + p.Origin()
}

// placeSection is what a VM size can be used for.
func placeSection(z *model.Size) Section {
	s := Section{Title: "use"}
	s.must("compute types", strings.Join(z.ComputeTypes, ", "))
	s.say("low priority", yes(z.LowPriorityCapable))
	s.say("premium storage", yes(z.PremiumIO))
	s.say("listed", yes(z.Recorded))
	return s
}

func positive(n int) string {
	if n <= 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// quota is a limit and what is left of it.
func quota(env pane.Env, q *model.Quota) []Section {
	s := Section{Title: "quota"}
	s.say("name", q.Name)
	s.say("family", q.Family)
	s.say("priority", q.Priority)
	s.say("region", q.Location)
	s.say("subscription", string(q.Subscription))
	used := strconv.FormatInt(q.Used, 10)
	if q.Unit != "" && q.Unit != "Count" {
		used += " " + q.Unit
	}
	s.say("used", used)
	left, limited := q.Room()
	if !limited {
		s.say("limit", "none of its own")
		return []Section{s}
	}
	s.say("limit", strconv.FormatInt(q.Limit, 10))
	tone := theme.Plain
	if left <= 0 {
		tone = theme.Bad
	}
	s.mark("left", strconv.FormatInt(left, 10), tone)
	return []Section{s, waiting(env, q)}
}

// waiting are the clusters whose queued jobs need this quota.
func waiting(env pane.Env, q *model.Quota) Section {
	s := Section{Title: "clusters with queued jobs"}
	for _, c := range env.Snap.Clusters {
		if c.QueuedJobs == 0 || !q.Limits(c.Size, c.Workspace, c.Location) {
			continue
		}
		s.mark(c.Name, strconv.Itoa(c.QueuedJobs)+" waiting in "+env.Snap.WorkspaceName(c.Workspace), theme.Warn)
	}
	return s
}
