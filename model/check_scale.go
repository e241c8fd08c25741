package model

// MaxNodes is the highest maximum the service grants a cluster, on request.
const MaxNodes = 65_000

// checkScale checks a scale command: its cluster, then its numbers.
func checkScale(s *Snapshot, c Command) error {
	id := ComputeID(c.Target)
	if i := s.Instance(id); i != nil {
		return no(ErrWrongKind, "", "%s: a compute instance is one VM and does not scale", i.Name)
	}
	cl := s.Cluster(id)
	if cl == nil {
		return unknown("compute cluster", c)
	}
	if err := AllowCluster(s, cl, VerbScale); err != nil {
		return err
	}
	if c.Scale == nil {
		return no(ErrNotNow, "", "%s: scale needs a minimum, a maximum and an idle time", cl.Name)
	}
	return CheckScale(cl, *c.Scale)
}

// CheckScale says what is wrong with new scale settings of a cluster, or nil.
func CheckScale(c *Cluster, want Scale) error {
	switch {
	case want.Min < 0:
		return no(ErrNotNow, "", "minimum %d is below 0", want.Min)
	case want.Max < 1 || want.Max > MaxNodes:
		return no(ErrNotNow, "", "maximum %d is not between 1 and %d", want.Max, MaxNodes)
	case want.Min > want.Max:
		return no(ErrNotNow, "", "minimum %d is above the maximum %d", want.Min, want.Max)
	case want.IdleBeforeScaleDown < 0:
		return no(ErrNotNow, "", "idle time before scale down is negative")
	case want == c.Scale:
		return no(ErrNotNow, "", "%s: nothing to change", c.Name)
	}
	return nil
}
