package model

import "strings"

// Waiting is what the jobs queued for a cluster wait for.
type Waiting struct {
	Jobs   int
	Cores  int64  // vCPUs of the nodes they want; 0: not known
	Quota  *Quota // that has no room for them; nil: none is known to be in the way
	Left   int64  // of it
	Atmost bool   // the cluster has all the nodes it may have
}

// WaitingOn says what a cluster's queued jobs wait for. It judges by the newest
// lists of jobs and quota; a job that does not say wants one node.
func (s *Snapshot) WaitingOn(c *Cluster) Waiting {
	w := Waiting{Jobs: c.QueuedJobs}
	if w.Jobs == 0 {
		return w
	}
	if w.Atmost = c.Scale.Max > 0 && c.Current >= c.Scale.Max; w.Atmost || c.Size == nil {
		return w
	}
	nodes, listed := 0, 0
	for _, j := range s.JobsOn(c.ID) {
		if j.Status == JobQueued {
			nodes, listed = nodes+max(1, j.Instances), listed+1
		}
	}
	nodes = min(nodes+max(0, w.Jobs-listed), c.Scale.Max-c.Current)
	w.Cores = int64(nodes) * int64(c.Size.VCPUs)
	q, left, known := s.Tightest(c.Size, c.Workspace, c.Location, c.Priority == LowPriority)
	if known && q != nil && left < w.Cores {
		w.Quota, w.Left = q, max(0, left)
	}
	return w
}

// String says it: "2 jobs wait: needs 16 cores of NCASv3_T4, 0 of 24 free".
func (w Waiting) String() string {
	text := count(w.Jobs, "job") + " wait"
	if w.Jobs == 1 {
		text += "s"
	}
	switch {
	case w.Jobs == 0:
		return ""
	case w.Quota != nil:
		return text + ": needs " + itoa(int(w.Cores)) + " cores of " + w.Quota.short() + ", " + itoa(int(w.Left)) + " of " + itoa(int(w.Quota.Limit)) + " free"
	case w.Atmost:
		return text + ": all nodes the cluster may have are in use"
	default:
		return text
	}
}

// short is what a quota is of, without the words all of them have.
func (q *Quota) short() string {
	if q.Family == "" {
		if Fold(q.Priority) == "lowpriority" {
			return "low-priority quota"
		}
		return "the region's total"
	}
	name := strings.ReplaceAll(q.Family, " ", "")
	for _, word := range []string{"standard", "Standard"} {
		name = strings.TrimPrefix(name, word)
	}
	for _, word := range []string{"family", "Family"} {
		name = strings.TrimSuffix(name, word)
	}
	return name
}

// FloorAMonth is what the nodes a cluster never gives up cost in a month of
// 730 hours.
func (c *Cluster) FloorAMonth() Money { return c.Floor().For(month) }
