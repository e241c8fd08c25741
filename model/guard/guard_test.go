package guard

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/filter"
	"github.com/amltop/amltop/model/modeltest"
)

func hours(t *testing.T, text string) *Hours {
	t.Helper()
	h, err := ParseHours(text, time.LoadLocation)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestHours(t *testing.T) {
	for _, c := range []struct {
		hours, at string
		want      bool
	}{
		{"mon-fri 08:00-19:00", "2025-11-21T18:59:00Z", true}, // a Friday
		{"mon-fri 08:00-19:00", "2025-11-21T19:00:00Z", false},
		{"mon-fri 08:00-19:00", "2025-11-22T12:00:00Z", false},
		{"mon-fri 08:00-19:00 Europe/Madrid", "2025-11-21T07:30:00Z", true},
		{"mon-fri 08:00-19:00 Europe/Madrid", "2025-07-21T06:30:00Z", true}, // in summer
		{"Fri,sun 22:00-06:00", "2025-11-22T05:59:00Z", true},
		{"Fri,sun 22:00-06:00", "2025-11-22T22:30:00Z", false},
		{"sat-mon 00:00-24:00", "2025-11-24T23:59:00Z", true},
		{"daily 07:00-20:00", "2025-11-23T07:00:00Z", true},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := hours(t, c.hours).Hold(at); got != c.want {
			t.Errorf("%s at %s: %v", c.hours, c.at, got)
		}
	}
	for _, bad := range []string{"", "mon-fri", "someday 08:00-19:00", "mon 8-19", "mon 08:00-08:00", "mon 08:00-25:00", "mon 08:00-19:00 Mars/Olympus", "mon 24:00-08:00"} {
		if _, err := ParseHours(bad, time.LoadLocation); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

// fleet is a running instance that has been idle for a day, changed as the case
// likes, in a workspace called vision. It is Friday 17:02 UTC.
func fleet(change func(*model.Instance)) *model.Snapshot {
	s := modeltest.Fleet()
	i := modeltest.Instance("vision", "ana-lab", func(i *model.Instance) {
		i.Last.Time, i.RunningSince = modeltest.Now().AddDate(0, 0, -1), modeltest.Now().AddDate(0, 0, -1)
		if change != nil {
			change(i)
		}
	})
	s.Instances = []*model.Instance{i}
	return s.Seal()
}

func TestJudge(t *testing.T) {
	match := func(text string) filter.Expr {
		e, err := filter.Parse(text, Columns())
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	idle := Rule{Name: "idle", Idle: 2 * time.Hour, Action: ActStop}
	with := func(change func(*Rule)) []Rule {
		r := idle
		change(&r)
		return []Rule{r}
	}
	late := func(i *model.Instance) { i.Last.Time = modeltest.Now().Add(-4 * time.Hour) }
	for name, c := range map[string]struct {
		policy Policy
		change func(*model.Instance)
		want   Action // "": not looked at
		says   string
	}{
		"idle":                 {Policy{Rules: []Rule{idle}}, nil, ActStop, "idle for 24h, longer than 2h"},
		"not long enough":      {Policy{Rules: with(func(r *Rule) { r.Idle = 25 * time.Hour })}, nil, ActLeave, "not longer than 25h"},
		"not sure enough":      {Policy{Rules: []Rule{idle}}, late, ActLeave, "confidence is medium, below high"},
		"sure enough":          {Policy{Rules: with(func(r *Rule) { r.Confidence = model.ConfidenceMedium })}, late, ActStop, "idle for 4h"},
		"a job":                {Policy{Rules: []Rule{idle}}, func(i *model.Instance) { i.ActiveJobs = 1 }, ActLeave, "in use: 1 active job"},
		"JobRunning":           {Policy{Rules: with(func(r *Rule) { r.Hours = hours(t, "sat 00:00-24:00") })}, func(i *model.Instance) { i.State = model.StateJobRunning }, ActLeave, "in use"},
		"jobs not known":       {Policy{Rules: []Rule{idle}}, func(i *model.Instance) { i.JobsKnown = false }, ActLeave, "nothing is known of its use: jobs not listed yet"},
		"stopped":              {Policy{Rules: []Rule{idle}}, func(i *model.Instance) { i.State = model.StateStopped }, "", ""},
		"unusable":             {Policy{Rules: []Rule{idle}}, func(i *model.Instance) { i.State = model.StateUnusable }, ActReport, "bills though it is Unusable"},
		"report":               {Policy{Rules: with(func(r *Rule) { r.Action = ActReport })}, nil, ActReport, "longer than 2h"},
		"outside the hours":    {Policy{Rules: with(func(r *Rule) { r.Idle, r.Hours = 0, hours(t, "mon-thu 08:00-19:00") })}, late, ActStop, "runs outside mon-thu 08:00-19:00, no job since"},
		"within the hours":     {Policy{Rules: with(func(r *Rule) { r.Idle, r.Hours = 0, hours(t, "mon-fri 08:00-19:00") })}, nil, ActLeave, "within mon-fri"},
		"within, and idle":     {Policy{Rules: with(func(r *Rule) { r.Hours = hours(t, "mon-fri 08:00-19:00") })}, nil, ActStop, "idle for 24h"},
		"outside, not sure":    {Policy{Rules: with(func(r *Rule) { r.Hours, r.Confidence = hours(t, "sat 08:00-19:00"), model.ConfidenceHigh })}, late, ActLeave, "outside sat 08:00-19:00, but"},
		"denied":               {Policy{Rules: []Rule{idle}, Deny: []string{"vision/ana-*"}}, nil, ActReport, "not stopped: on the deny list"},
		"allowed":              {Policy{Rules: []Rule{idle}, Allow: []string{"ANA-lab"}}, nil, ActStop, ""},
		"not allowed":          {Policy{Rules: []Rule{idle}, Allow: []string{"bo-*"}}, nil, ActReport, "not on the allow list"},
		"another's":            {Policy{Rules: with(func(r *Rule) { r.Match = match("!owner:ana") })}, nil, "", ""},
		"by owner and price":   {Policy{Rules: with(func(r *Rule) { r.Match = match("owner:ana price<1 ws=vision") })}, nil, ActStop, ""},
		"by a tag":             {Policy{Rules: with(func(r *Rule) { r.Match = match("tag:keep=true") })}, func(i *model.Instance) { i.Tags = map[string]string{"keep": "true"} }, ActStop, ""},
		"production":           {Policy{Rules: []Rule{idle}}, func(i *model.Instance) { i.Workspace = modeltest.WorkspaceID("fraud-prod") }, ActReport, "looks like production"},
		"production all right": {Policy{Rules: with(func(r *Rule) { r.Production = true })}, func(i *model.Instance) { i.Workspace = modeltest.WorkspaceID("fraud-prod") }, ActStop, ""},
	} {
		s := fleet(c.change)
		list := Judge(s, c.policy, modeltest.Now())
		switch {
		case c.want == "" && len(list) != 0, c.want != "" && len(list) != 1:
			t.Errorf("%s: %+v", name, list)
		case c.want != "" && (list[0].Action != c.want || !strings.Contains(list[0].Reason, c.says)):
			t.Errorf("%s: %s, %s; want %s, %s", name, list[0].Action, list[0].Reason, c.want, c.says)
		}
	}
}

// TestFirstRuleThatCatchesDecides holds the order of rules, and that a rule that
// lets an instance run does not keep later ones from it.
func TestFirstRuleThatCatchesDecides(t *testing.T) {
	rules := []Rule{
		{Name: "long", Idle: 48 * time.Hour, Action: ActStop},
		{Name: "night", Idle: 12 * time.Hour, Action: ActReport},
		{Name: "short", Idle: time.Hour, Action: ActStop},
	}
	if got := Judge(fleet(nil), Policy{Rules: rules}, modeltest.Now()); len(got) != 1 || got[0].Rule != "night" || got[0].Action != ActReport {
		t.Errorf("%+v", got)
	}
	if got := Judge(fleet(nil), Policy{Rules: rules[:1]}, modeltest.Now()); len(got) != 1 || got[0].Rule != "long" || got[0].Action != ActLeave {
		t.Errorf("%+v", got)
	}
}

// TestBusyIsNeverStopped holds, for all states and any policy as sharp as can
// be, that what runs a job or of which nothing is known is never stopped.
func TestBusyIsNeverStopped(t *testing.T) {
	never, err := ParseHours("sun 00:00-00:01", func(string) (*time.Location, error) { return nil, errors.New("no zone") })
	if err != nil {
		t.Fatal(err)
	}
	sharp := Policy{Rules: []Rule{{Idle: 1, Confidence: model.ConfidenceLow, Hours: never, Action: ActStop, Production: true}}}
	for _, state := range []model.InstanceState{model.StateRunning, model.StateJobRunning, model.StateStarting, model.StateStopping, model.StateCreating, model.StateUnusable, model.StateUnknown, "Brooding"} {
		for _, jobs := range []int{0, 2} {
			for _, known := range []bool{false, true} {
				s := fleet(func(i *model.Instance) { i.State, i.ActiveJobs, i.JobsKnown = state, jobs, known })
				for _, d := range Judge(s, sharp, modeltest.Now()) {
					if quiet := state == model.StateRunning && jobs == 0 && known; (d.Action == ActStop) != quiet {
						t.Errorf("%s with %d jobs, known %v: %s, %s", state, jobs, known, d.Action, d.Reason)
					}
				}
			}
		}
	}
}
