package model

// checkCreate checks what a compute target needs around it, then what it says
// itself. To create over what there is would replace it, without a way back.
func checkCreate(s *Snapshot, c Command) error {
	spec := c.Create
	if spec == nil {
		return no(ErrNotNow, "", "%s: create needs a specification", c.Name)
	}
	if err := spec.Validate(); err != nil {
		return no(ErrNotNow, "", "%s", err)
	}
	ws := s.Workspace(c.Workspace)
	if ws == nil && len(s.Workspaces) > 0 {
		return no(ErrNotFound, "", "no workspace %q", BaseName(string(c.Workspace)))
	}
	if ws != nil {
		if err := AllowCreate(s, ws); err != nil {
			return err
		}
	}
	return nameFree(s, c)
}

// AllowCreate says why no compute target can be created in a workspace, or nil.
func AllowCreate(s *Snapshot, ws *Workspace) error {
	if s != nil && s.ReadOnly {
		return checkFree(s, string(ws.ID), ws.Name, VerbCreate)
	}
	if Fold(ws.Kind) == "featurestore" {
		return no(ErrWrongKind, "", "%s is a feature store: it has no compute targets of its own", ws.Name)
	}
	return settled(ws.Name, ws.ProvisioningState, VerbCreate)
}

// nameFree refuses a name that is taken: by any compute target of the
// workspace, and for an instance by another one of the region.
func nameFree(s *Snapshot, c Command) error {
	const next = "choose another name"
	id := ComputeID(c.Target)
	if s.Instance(id) != nil || s.Cluster(id) != nil || s.AttachedCompute(id) != nil {
		return no(ErrConflict, next, "%s has a compute target called %s already, and creating it again would replace it",
			s.WorkspaceName(c.Workspace), c.Name)
	}
	if c.Create.Kind != TypeInstance {
		return nil
	}
	for _, i := range s.Instances {
		if Fold(i.Name) == Fold(c.Create.Name) && RegionKey(i.Location) == RegionKey(c.Create.Location) {
			return no(ErrConflict, next, "%s is the name of an instance in %s already, and instance names are unique in a region",
				i.Name, s.WorkspaceName(i.Workspace))
		}
	}
	return nil
}

// AllowAttached says why a verb is not possible for attached compute now, or nil.
func AllowAttached(s *Snapshot, a *Attached, v Verb) error {
	if err := checkFree(s, string(a.ID), a.Name, v); err != nil {
		return err
	}
	switch v {
	case VerbDetach:
		return settled(a.Name, a.ProvisioningState, v)
	case VerbDelete:
		return no(ErrWrongKind, "detach it; what is attached is deleted with the tool that made it",
			"%s: Azure ML does not manage attached compute", a.Name)
	default:
		return no(ErrWrongKind, "use the tool that made it", "%s: Azure ML does not manage attached compute", a.Name)
	}
}

// checkRule checks an idle rule or schedules: their instance, then themselves.
func checkRule(s *Snapshot, c Command) error {
	if err := checkCompute(s, c); err != nil {
		return err
	}
	if c.Verb == VerbIdle {
		return CheckIdle(s.Instance(ComputeID(c.Target)), c)
	}
	return CheckSchedules(s.Instance(ComputeID(c.Target)), c)
}

// CheckIdle says what is wrong with a new idle rule of an instance, or nil.
func CheckIdle(i *Instance, c Command) error {
	if err := ValidateIdle(c.Idle); err != nil {
		return no(ErrNotNow, "", "%s", err)
	}
	if c.Idle == i.IdleShutdown {
		return no(ErrNotNow, "", "%s: nothing to change", i.Name)
	}
	return nil
}

// CheckSchedules says what is wrong with new schedules of an instance, or nil.
func CheckSchedules(i *Instance, c Command) error {
	if err := ValidateSchedules(c.Schedules); err != nil {
		return no(ErrNotNow, "", "%s", err)
	}
	if SameSchedules(i.Schedules, c.Schedules) {
		return no(ErrNotNow, "", "%s: nothing to change", i.Name)
	}
	return nil
}
