package model

import (
	"strings"
	"time"
)

func fact(label, text string) PreviewLine { return PreviewLine{Label: label, Text: text} }

func warn(label, text string) PreviewLine {
	return PreviewLine{Label: label, Text: text, Health: HealthWarn}
}

// instance are the facts before an instance is started, stopped, restarted or
// deleted.
func (v view) instance(i *Instance, verb Verb) []PreviewLine {
	lines := []PreviewLine{
		fact("owner", orUnknown(i.Owner)),
		fact("what", v.s.WorkspaceName(i.Workspace)+", "+sizeText(i.VMSize, i.Size)),
	}
	if verb == VerbStart {
		return append(lines, v.start(i)...)
	}
	lines = append(lines, v.jobs(i.ID, i.JobsKnown, i.ActiveJobs), v.idle(i))
	if cost, ok := i.RunCost(v.now); ok {
		up, _ := i.Uptime(v.now)
		lines = append(lines, fact("this run", cost.In(i.Price.Currency)+" over "+Ago(up)))
	}
	switch verb {
	case VerbRestart:
		return append(lines, fact("billing", "goes on through the restart at "+i.Price.Rate()))
	case VerbDelete:
		lines = append(lines, warn("lost", "its OS disk and everything kept only there"))
		if rate, cur := v.standing(i.Meter); rate > 0 {
			lines = append(lines, fact("ends", rate.In(cur)+"/h for disk, load balancer and IP as well"))
		}
		return append(lines, v.saves(i))
	default:
		return append(lines, v.saves(i), v.goesOn(i))
	}
}

// start is what starting an instance costs and what will stop it again.
func (v view) start(i *Instance) []PreviewLine {
	price := fact("price", i.Price.Rate())
	if i.Price.Known() {
		price.Text += ", " + i.Price.PerHour.Times(24).In(i.Price.Currency) + " a day"
	} else {
		price.Health = HealthUnknown
	}
	leash := i.LeashAt(v.now)
	line := fact("leash", leash.Text)
	if leash.State == LeashNone {
		line = warn("leash", "none: it bills until somebody stops it")
	}
	return []PreviewLine{price, line}
}

// jobs says what runs on a target, the first few by name.
func (v view) jobs(id ComputeID, known bool, counted int) PreviewLine {
	jobs := v.s.JobsOn(id)
	n := max(counted, len(jobs))
	switch {
	case n == 0 && !known:
		return PreviewLine{"jobs", "not listed yet", HealthUnknown}
	case n == 0:
		return fact("jobs", "none active")
	}
	var names []string
	for _, j := range jobs[:min(3, len(jobs))] {
		text := j.Title() + " " + string(j.Status)
		if !j.StartedAt.IsZero() {
			text += " " + Ago(v.now.Sub(j.StartedAt))
		}
		names = append(names, text)
	}
	text := itoa(n) + " active"
	if len(names) > 0 {
		text += ": " + strings.Join(names, ", ")
	}
	if n > len(names) && len(names) > 0 {
		text += " and " + itoa(n-len(names)) + " more"
	}
	return warn("jobs", text)
}

// idle is the verdict on whether anyone uses an instance.
func (v view) idle(i *Instance) PreviewLine {
	idle := i.IdleAt(v.now)
	switch {
	case !idle.Known:
		return PreviewLine{"idle", "unknown: " + idle.Evidence, HealthUnknown}
	case idle.For == 0:
		return warn("idle", "no: "+idle.Evidence)
	default:
		return fact("idle", idle.Evidence)
	}
}

// saves is what the VM would have cost until Monday morning had it run on.
func (v view) saves(i *Instance) PreviewLine {
	rate := i.Meter.BurnOf(ChargeCompute, v.now)
	switch {
	case i.State.Info().Bills == No:
		return fact("saves", "nothing: its VM does not bill now")
	case rate == 0:
		return PreviewLine{"saves", "unknown: no price for " + string(i.VMSize.Short()), HealthUnknown}
	}
	until := NextMonday(v.now, v.zone)
	left := until.Sub(v.now)
	line := fact("saves", rate.For(left).In(i.Price.Currency)+" until Monday 09:00, had it run on ("+
		Ago(left)+" at "+rate.In(i.Price.Currency)+"/h)")
	line.Health = HealthGood
	return line
}

// goesOn is what a stopped instance still costs.
func (v view) goesOn(i *Instance) PreviewLine {
	rate, cur := v.standing(i.Meter)
	if rate == 0 {
		return PreviewLine{"goes on", "disk, load balancer and IP, at a price not known here", HealthUnknown}
	}
	return fact("goes on", rate.In(cur)+"/h for disk, load balancer and IP, "+rate.For(month).In(cur)+" a month")
}

// month is the length of a month in forecasts.
const month = 730 * time.Hour

func (v view) standing(m Meter) (Money, string) {
	part := m.Only(ChargeStanding)
	return part.Burn(v.now), part.Currency()
}

func orUnknown(text string) string {
	if text == "" {
		return "unknown"
	}
	return text
}

// sizeText is a size with what makes it expensive: "NC24s_v3 4×V100".
func sizeText(name SizeName, z *Size) string {
	if name == "" {
		return "size unknown"
	}
	text := name.Short()
	if z != nil && z.Name != "" {
		text = z.Name.Short()
	}
	if gpu := z.GPUText(); gpu != "" {
		text += " " + gpu
	}
	return text
}
