package azure

// What tells one entry of a list from another.

func (w wireSubscription) key() string { return string(w.SubscriptionID) }
func (w wireWorkspace) key() string    { return string(w.ID) }
func (w wireCompute) key() string      { return string(w.ID) }
func (w wireNode) key() string         { return string(w.ID) }
func (w wireJob) key() string          { return string(w.ID) }
func (w wireEndpoint) key() string     { return string(w.ID) }
func (w wireDeployment) key() string   { return string(w.ID) }
func (w wireSize) key() string         { return string(w.Name) }

// A usage of a workspace or of a compute has the name and type of the others,
// and one of low priority the id of the dedicated one.
func (w wireUsage) key() string {
	if w.Name.Value == "" {
		return ""
	}
	return string(w.ID + " " + w.Type + " " + w.Name.Value)
}

// A log is the only one of its kind, and may be empty.
func (w wireLogs) key() string {
	if w.Content == nil {
		return ""
	}
	return "log"
}

func (f wireFound) key() string {
	switch {
	case f.endpoint != nil:
		return f.endpoint.key()
	case f.deployment != nil:
		return f.deployment.key()
	}
	return ""
}
