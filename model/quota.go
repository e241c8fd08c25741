package model

// Quota is a limit on vCPUs or on a count, in one region of a subscription.
type Quota struct {
	ID           string
	Subscription SubscriptionID
	Location     string
	Name         string // localised name
	Family       string // VM family, "" for totals
	Priority     string // dedicated, lowPriority, "" where it does not apply
	Unit         string
	Used         int64
	Limit        int64 // -1: no limit of its own
}

// Share is the used part in per cent, and whether it can be said.
func (q *Quota) Share() (int, bool) {
	if q.Limit <= 0 {
		return 0, false
	}
	return int(q.Used * 100 / q.Limit), true
}

// Room is how much is left, and whether there is a limit at all.
func (q *Quota) Room() (int64, bool) { return q.Limit - q.Used, q.Limit >= 0 }

// Limits reports whether a quota limits VMs of a size in a workspace: same
// subscription, same region, same family.
func (q *Quota) Limits(z *Size, ws WorkspaceID, location string) bool {
	return z != nil && z.Family != "" && q.Family != "" && FamilyKey(q.Family) == FamilyKey(z.Family) && q.covers(ws, location)
}

// limitsAll reports whether a quota limits the vCPUs of all families together.
func (q *Quota) limitsAll(ws WorkspaceID, location string) bool {
	return q.Family == "" && q.Priority != "" && q.covers(ws, location)
}

// Tightest is the quota that bounds VMs of a size in a workspace most closely,
// and what is left of it. It is nil where no quota has a limit; known is false
// where no quota was read that would tell.
func (s *Snapshot) Tightest(z *Size, ws WorkspaceID, location string, low bool) (q *Quota, left int64, known bool) {
	for _, have := range s.Quotas {
		if (Fold(have.Priority) == "lowpriority") != low || !have.Limits(z, ws, location) && !have.limitsAll(ws, location) {
			continue
		}
		known = true
		if room, limited := have.Room(); limited && (q == nil || room < left) {
			q, left = have, room
		}
	}
	return q, left, known
}

func (q *Quota) covers(ws WorkspaceID, location string) bool {
	if RegionKey(q.Location) != RegionKey(location) {
		return false
	}
	id, err := ParseResourceID(string(ws))
	return err != nil || q.Subscription == "" || Fold(id.Subscription) == Fold(string(q.Subscription))
}
