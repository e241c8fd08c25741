package model

// AllowCancel says why a job cannot be cancelled now, or nil.
func AllowCancel(s *Snapshot, j *Job) error {
	name := j.Title()
	if err := checkFree(s, string(j.ID), name, VerbCancelJob); err != nil {
		return err
	}
	switch {
	case j.Status == JobCancelRequested:
		return no(ErrConflict, "wait until it is over", "%s is being cancelled already", name)
	case j.Status.Active(), j.Status == JobNotStarted, j.Status == JobPaused:
		return nil
	case j.Status == JobUnknown || j.Status == "":
		return nil // the service may know better
	default:
		return no(ErrNotNow, "", "%s is over: %s", name, j.Status)
	}
}
