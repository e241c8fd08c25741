package model

// Limits reports whether a quota limits VMs of a size in a workspace: same
// subscription, same region, same family.
func (q *Quota) Limits(z *Size, ws WorkspaceID, location string) bool {
	if z == nil || z.Family == "" || q.Family == "" || FamilyKey(q.Family) != FamilyKey(z.Family) || RegionKey(q.Location) != RegionKey(location) {
		return false
	}
	id, err := ParseResourceID(string(ws))
	return err != nil || q.Subscription == "" || Fold(id.Subscription) == Fold(string(q.Subscription))
}
