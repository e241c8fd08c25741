package modeltest

import (
	"strconv"
	"time"

	"github.com/amltop/amltop/model"
)

// Many is a large fleet for benchmarks: workspaces of a hundred targets each,
// nine instances to a cluster.
func Many(workspaces int) *model.Snapshot {
	now := Now()
	s := &model.Snapshot{Seq: 1, Clock: model.Clock{Wall: now, Time: now}}
	for w := range workspaces {
		ws := "ws-" + strconv.Itoa(w)
		s.Workspaces = append(s.Workspaces, workspace(ws, nil))
		for k := range 100 {
			name := "t-" + strconv.Itoa(k)
			if k%10 == 0 {
				s.Clusters = append(s.Clusters, Cluster(ws, name, func(c *model.Cluster) {
					c.Current, c.Nodes, c.IdleSince = 2, model.NodeCounts{Idle: 2}, now.Add(-time.Duration(k)*time.Second)
					c.Meter = nodes(c.Price, now.Add(-time.Hour), 2)
				}))
				continue
			}
			s.Instances = append(s.Instances, Instance(ws, name, func(i *model.Instance) {
				i.Owner, i.LastJobEnd = "owner-"+strconv.Itoa(k%40), now.Add(-time.Duration(k)*time.Minute)
			}))
		}
	}
	return s.Seal()
}
