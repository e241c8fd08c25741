package backend

import (
	"reflect"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// noon is the observation that the tables below count from.
var noon = time.Date(2025, 11, 7, 12, 0, 0, 0, time.UTC)

func at(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }

func joinsAt(now, seen time.Time) *joins {
	return &joins{
		workspace: &model.Workspace{ID: ws1, Subscription: "sub1", Resource: model.Resource{Location: "eastus"}},
		prices:    newPriceBook(terms{currency: "USD"}), standing: Options{Residue: DefaultResidue()}.standing(),
		now: now, seen: seen,
	}
}

// sight is one observation of an instance.
type sight struct {
	minute int
	state  model.InstanceState
	last   model.LastOperation
}

func TestInstanceSpans(t *testing.T) {
	op := func(name string, minute int) model.LastOperation {
		return model.LastOperation{Name: name, Time: at(minute), Status: "Succeeded"}
	}
	run, stopped := model.StateRunning, model.StateStopped
	span := func(from, to int) model.Span {
		s := model.Span{From: at(from), Units: 1}
		if to != 0 {
			s.To = at(to)
		}
		return s
	}
	tests := []struct {
		name   string
		sights []sight
		want   []model.Span
		since  time.Time // RunningSince
	}{
		{"running at first sight, since its start", []sight{{0, run, op("Start", -542)}}, []model.Span{span(-542, 0)}, at(-542)},
		{"running at first sight, nobody says since when", []sight{{0, run, model.LastOperation{}}}, []model.Span{{From: noon, Units: 1}}, time.Time{}},
		{"stopped at first sight", []sight{{0, stopped, op("Stop", -5)}}, nil, time.Time{}},
		{"seen stopping, then stopped", []sight{{0, run, op("Start", -60)}, {10, model.StateStopping, op("Stop", 9)}, {13, stopped, op("Stop", 9)}},
			[]model.Span{span(-60, 13)}, time.Time{}},
		{"stopped between two looks: the service says when", []sight{{0, run, op("Start", -60)}, {30, stopped, op("Stop", 20)}},
			[]model.Span{span(-60, 20)}, time.Time{}},
		{"started between two looks", []sight{{0, stopped, op("Stop", -60)}, {30, run, op("Start", 20)}}, []model.Span{span(20, 0)}, at(20)},
		{"started, nobody says when", []sight{{0, stopped, model.LastOperation{}}, {30, run, model.LastOperation{}}}, []model.Span{span(30, 0)}, at(30)},
		{"restarted: the same run", []sight{{0, run, op("Start", -60)}, {30, run, op("Restart", 20)}}, []model.Span{span(-60, 0)}, at(-60)},
		{"stopped and started between two looks", []sight{{1, run, op("Start", -60)}, {30, run, op("Start", 20)}},
			[]model.Span{span(-60, 1), span(20, 0)}, at(20)},
		{"a start that fails begins no run", []sight{{0, run, op("Start", -60)}, {30, run, model.LastOperation{Name: "Start", Status: "StartFailed", Time: at(20)}}},
			[]model.Span{span(-60, 0)}, at(-60)},
		{"unknown in between is not billed", []sight{{1, run, op("Start", -60)}, {30, model.StateUnknown, op("Start", -60)}, {60, run, op("Start", -60)}},
			[]model.Span{span(-60, 30), span(60, 0)}, at(-60)},
		{"a job on it changes nothing", []sight{{0, run, op("Start", -60)}, {30, model.StateJobRunning, op("Start", -60)}}, []model.Span{span(-60, 0)}, at(-60)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var before *model.Instance
			seen := time.Time{}
			for _, s := range tt.sights {
				r := instance("ana", s.state)
				r.Last = s.last
				if s.state.Info().Bills == model.Yes && s.last.Status == "Succeeded" {
					r.RunningSince = s.last.Time // as the client reads it
				}
				joinsAt(at(s.minute), seen).instance(r, before)
				before, seen = r, at(s.minute)
			}
			if got := charge(before.Meter, model.ChargeCompute).Spans; !reflect.DeepEqual(got, tt.want) {
				t.Errorf("spans %+v, want %+v", got, tt.want)
			}
			if !before.RunningSince.Equal(tt.since) {
				t.Errorf("running since %v, want %v", before.RunningSince, tt.since)
			}
		})
	}
}

func TestStandingChargeBillsFromCreation(t *testing.T) {
	r := instance("ana", model.StateStopped)
	r.CreatedAt = at(-10 * 60)
	joinsAt(noon, time.Time{}).instance(r, nil)
	if got, want := r.Meter.Between(at(-600), noon), model.Money(457_500); got != want {
		t.Errorf("ten hours of a stopped instance cost %s, want %s", got.Decimal(), want.Decimal())
	}
	j := joinsAt(noon, time.Time{})
	j.standing = model.Price{}
	free := instance("ana", model.StateStopped)
	j.instance(free, nil)
	if free.Meter != nil {
		t.Errorf("without a residue a stopped instance has a meter: %+v", free.Meter)
	}
}

func TestClusterSpansAndIdleness(t *testing.T) {
	steady := func(minute int, n model.NodeCounts) *model.Cluster {
		c := cluster("gpu", n)
		c.AllocationSince = at(minute)
		return c
	}
	resizing := func(n model.NodeCounts) *model.Cluster {
		c := cluster("gpu", n)
		c.AllocationState = model.AllocationResizing
		return c
	}
	type look struct {
		minute  int
		row     *model.Cluster
		jobs    bool
		lastEnd time.Time
	}
	var none time.Time
	tests := []struct {
		name  string
		looks []look
		spans []model.Span
		idle  time.Time
	}{
		{"steady at first sight", []look{{0, steady(-40, model.NodeCounts{Running: 2}), true, none}},
			[]model.Span{{From: at(-40), Units: 2}}, none},
		{"resizing at first sight", []look{{0, resizing(model.NodeCounts{Preparing: 1}), true, none}},
			[]model.Span{{From: noon, Units: 1}}, none},
		{"unusable nodes bill, preempted ones do not", []look{{0, steady(-1, model.NodeCounts{Unusable: 1, Preempted: 3}), true, none}},
			[]model.Span{{From: at(-1), Units: 1}}, none},
		{"drained to zero; the service says when", []look{{0, steady(-40, model.NodeCounts{Idle: 2}), true, none}, {10, steady(8, model.NodeCounts{}), true, none}},
			[]model.Span{{From: at(-40), To: at(8), Units: 2}}, none},
		{"idle at first sight, no job known", []look{{0, steady(-40, model.NodeCounts{Idle: 2}), true, none}},
			[]model.Span{{From: at(-40), Units: 2}}, noon},
		{"idle at first sight, since the last job's end", []look{{0, steady(-40, model.NodeCounts{Idle: 2}), true, at(-5)}},
			[]model.Span{{From: at(-40), Units: 2}}, at(-5)},
		{"nodes came after the last job's end", []look{{0, steady(-2, model.NodeCounts{Idle: 2}), true, at(-50)}},
			[]model.Span{{From: at(-2), Units: 2}}, at(-2)},
		{"jobs listed later", []look{{0, steady(-40, model.NodeCounts{Idle: 2}), false, none}, {1, steady(-40, model.NodeCounts{Idle: 2}), true, at(-7)}},
			[]model.Span{{From: at(-40), Units: 2}}, at(-7)},
		{"seen to become idle", []look{{0, steady(-40, model.NodeCounts{Running: 2}), true, at(-90)}, {5, steady(-40, model.NodeCounts{Idle: 2}), true, at(-90)}},
			[]model.Span{{From: at(-40), Units: 2}}, at(5)},
		{"idle since the job's end between two looks", []look{{0, steady(-40, model.NodeCounts{Running: 2}), true, none}, {5, steady(-40, model.NodeCounts{Idle: 2}), true, at(3)}},
			[]model.Span{{From: at(-40), Units: 2}}, at(3)},
		{"idle stays as first seen", []look{{0, steady(-40, model.NodeCounts{Idle: 2}), true, none}, {5, steady(-40, model.NodeCounts{Idle: 2}), true, none}},
			[]model.Span{{From: at(-40), Units: 2}}, noon},
		{"a short job in between starts the count again", []look{{0, steady(-40, model.NodeCounts{Idle: 2}), true, none}, {5, steady(-40, model.NodeCounts{Idle: 2}), true, at(4)}},
			[]model.Span{{From: at(-40), Units: 2}}, at(4)},
		{"at work again", []look{{0, steady(-40, model.NodeCounts{Idle: 2}), true, none}, {5, steady(-40, model.NodeCounts{Idle: 1, Running: 1}), true, none}},
			[]model.Span{{From: at(-40), Units: 2}}, none},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var before *model.Cluster
			seen := time.Time{}
			for _, l := range tt.looks {
				j := joinsAt(at(l.minute), seen)
				if l.jobs {
					j.jobs = map[model.ComputeID]jobLoad{l.row.ID: {queued: 1, active: 2, lastEnd: l.lastEnd}}
				}
				j.cluster(l.row, before)
				before, seen = l.row, at(l.minute)
			}
			if got := charge(before.Meter, model.ChargeCompute).Spans; !reflect.DeepEqual(got, tt.spans) {
				t.Errorf("spans %+v, want %+v", got, tt.spans)
			}
			if !before.IdleSince.Equal(tt.idle) {
				t.Errorf("idle since %v, want %v", before.IdleSince, tt.idle)
			}
			if before.JobsKnown && (before.QueuedJobs != 1 || before.ActiveJobs != 2) {
				t.Errorf("%d queued, %d active jobs", before.QueuedJobs, before.ActiveJobs)
			}
		})
	}
}

func TestDeployments(t *testing.T) {
	blue := func(kind model.TargetKind, state string, n int) *model.Deployment {
		return &model.Deployment{
			Resource: model.Resource{Name: "blue", Location: "eastus", ProvisioningState: state, CreatedAt: at(-60)},
			ID:       "d", Endpoint: "e", Kind: kind, VMSize: "Standard_DS3_v2", Instances: n,
		}
	}
	tests := []struct {
		name  string
		seen  []*model.Deployment // ten minutes apart
		spans []model.Span
	}{
		{"up at first sight", []*model.Deployment{blue(model.TargetManaged, "Succeeded", 2)}, []model.Span{{From: at(-60), Units: 2}}},
		{"failed ones bill as well", []*model.Deployment{blue(model.TargetManaged, "Failed", 1)}, []model.Span{{From: at(-60), Units: 1}}},
		{"being created, then up", []*model.Deployment{blue(model.TargetManaged, "Creating", 2), blue(model.TargetManaged, "Succeeded", 2)},
			[]model.Span{{From: at(10), Units: 2}}},
		{"scaled", []*model.Deployment{blue(model.TargetManaged, "Succeeded", 1), blue(model.TargetManaged, "Succeeded", 3)},
			[]model.Span{{From: at(-60), To: at(10), Units: 1}, {From: at(10), Units: 3}}},
		{"Kubernetes bills for itself", []*model.Deployment{blue(model.TargetKubernetes, "Succeeded", 2)}, nil},
		{"batch runs on a cluster", []*model.Deployment{blue(model.TargetBatch, "Succeeded", 2)}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var before *model.Deployment
			seen := time.Time{}
			for i, r := range tt.seen {
				joinsAt(at(10*i), seen).deployment(r, before, nil)
				before, seen = r, at(10*i)
			}
			if got := charge(before.Meter, model.ChargeCompute).Spans; !reflect.DeepEqual(got, tt.spans) {
				t.Errorf("spans %+v, want %+v", got, tt.spans)
			}
		})
	}
}

func TestTrafficOf(t *testing.T) {
	tests := []struct {
		name string
		e    model.Endpoint
		want int
	}{
		{"said", model.Endpoint{Kind: model.OnlineEndpoint, Traffic: map[string]int{"Blue": 70}}, 70},
		{"none of it", model.Endpoint{Kind: model.OnlineEndpoint, Traffic: map[string]int{"green": 100}}, 0},
		{"not said", model.Endpoint{Kind: model.OnlineEndpoint}, -1},
		{"batch default", model.Endpoint{Kind: model.BatchEndpoint, Default: "BLUE"}, 100},
		{"batch, another default", model.Endpoint{Kind: model.BatchEndpoint, Default: "green"}, 0},
	}
	for _, tt := range tests {
		if got := trafficOf(&tt.e, "blue"); got != tt.want {
			t.Errorf("%s: %d, want %d", tt.name, got, tt.want)
		}
	}
}

func TestPrices(t *testing.T) {
	usd := func(m model.Money) model.Price { return model.Price{PerHour: m, Source: model.PriceService} }
	b := newPriceBook(terms{currency: "USD"})
	b.set(regionScope("sub1", "eastus"), []*model.Size{
		{Name: "STANDARD_DS3_V2", Standard: usd(111), LowPriority: usd(22)},
		{Name: "Standard_NC24s_v3"}, // listed, but without a price
	})
	tests := []struct {
		name, location, size string
		sub                  model.SubscriptionID
		tier                 model.Tier
		source               model.PriceSource
		amount               model.Money // 0: whatever the table says
	}{
		{"the service's answer first, in any casing", "East US", "standard_ds3_v2", "sub1", model.TierStandard, model.PriceService, 111},
		{"its low-priority price", "eastus", "Standard_DS3_v2", "sub1", model.TierLowPriority, model.PriceService, 22},
		{"the table where the service has no price", "eastus", "Standard_NC24s_v3", "sub1", model.TierStandard, model.PriceCatalog, 0},
		{"the table for another subscription", "eastus", "Standard_DS3_v2", "sub2", model.TierStandard, model.PriceCatalog, 0},
		{"unknown, not free", "eastus", "Standard_Nonesuch", "sub1", model.TierStandard, model.PriceUnknown, 0},
		{"no size at all", "eastus", "", "sub1", model.TierStandard, model.PriceUnknown, 0},
	}
	for _, tt := range tests {
		size, price := b.find(tt.sub, tt.location, model.SizeName(tt.size), tt.tier)
		if price.Source != tt.source || tt.amount != 0 && price.PerHour != tt.amount {
			t.Errorf("%s: %+v", tt.name, price)
		}
		if again, _ := b.find(tt.sub, tt.location, model.SizeName(tt.size), tt.tier); again != size {
			t.Errorf("%s: another pointer the second time", tt.name)
		}
		if (size == nil) != (tt.source == model.PriceUnknown) {
			t.Errorf("%s: size %+v", tt.name, size)
		}
	}
}

func TestJobLoads(t *testing.T) {
	jobs := []*model.Job{
		{ID: "1", Compute: "/X/computes/GPU", Status: model.JobQueued},
		{ID: "2", ComputeName: "gpu", Status: model.JobRunning},
		{ID: "3", Compute: "/x/computes/gpu", Status: model.JobCompleted, EndedAt: at(-9)},
		{ID: "4", Compute: "/x/computes/gpu", Status: model.JobFailed, EndedAt: at(-3)},
		{ID: "5", Status: model.JobRunning}, // serverless
	}
	for _, j := range jobs {
		placeJob("/x", j)
	}
	got := jobLoads(jobs)
	want := map[model.ComputeID]jobLoad{"/x/computes/gpu": {active: 2, queued: 1, lastEnd: at(-3)}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("loads %+v, want %+v", got, want)
	}
}

func TestTrimKeepsWhatTheMonthNeeds(t *testing.T) {
	spans := []model.Span{{From: at(-90), To: at(-80), Units: 1}, {From: at(-70), To: at(-60), Units: 1}, {From: at(-50), Units: 1}}
	if got := trim(spans, at(-65)); len(got) != 2 || got[0] != spans[1] {
		t.Errorf("kept %+v", got)
	}
	if got := trim(spans[2:], noon); len(got) != 1 {
		t.Error("a running span was dropped")
	}
}
