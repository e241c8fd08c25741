package azure

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"github.com/amltop/amltop/model"
)

// planTraffic sets an endpoint's traffic to what the command says.
func (c *Client) planTraffic(cmd model.Command) ([]step, error) {
	armID := idOf(cmd)
	id, err := inWorkspace(armID, 2)
	if err != nil {
		return nil, err
	}
	if err := checkTraffic(cmd.Traffic, isBatch(id)); err != nil {
		return nil, err
	}
	return []step{{name: "traffic", send: func(ctx context.Context) (*operation, error) {
		return c.setTraffic(ctx, armID, func(map[string]int) map[string]int { return cmd.Traffic })
	}}}, nil
}

// checkTraffic refuses what the service would refuse: traffic adds up to
// 100 %, or to nothing at all.
func checkTraffic(traffic map[string]int, batch bool) error {
	sum := 0
	for name, share := range traffic {
		if share < 0 || share > 100 {
			return &model.Refusal{Message: fmt.Sprintf("traffic: %d %% for %s is not between 0 and 100", share, clean(name))}
		}
		sum += share
	}
	switch {
	case len(traffic) == 0:
		return &model.Refusal{Message: "traffic: nothing says which deployment gets how much"}
	case batch && defaultOf(traffic) == "":
		return &model.Refusal{Message: "traffic: a batch endpoint has one default deployment; give one of them 100 %"}
	case !batch && sum != 100 && sum != 0:
		return &model.Refusal{Message: fmt.Sprintf("traffic: the shares add up to %d %%, not to 100", sum)}
	}
	return nil
}

// isBatch tells a batch endpoint's id, or that of one of its deployments.
func isBatch(id model.ResourceID) bool {
	return len(id.Types) > 1 && model.Fold(id.Types[1]) == "batchendpoints"
}

// setTraffic reads the endpoint and writes it back with other traffic: a PATCH
// cannot change it, and a PUT replaces everything. The body is changed as it
// came, so that settings this program does not know survive; read and write
// follow each other in one step, so that nobody else's change gets lost
// between them if it can be helped.
func (c *Client) setTraffic(ctx context.Context, endpointID string, decide func(now map[string]int) map[string]int) (*operation, error) {
	const doing = "set the traffic"
	id, err := inWorkspace(endpointID, 2)
	if err != nil {
		return nil, err
	}
	get, err := c.resource(ctx, http.MethodGet, endpointID, apiVersion)
	if err != nil {
		return nil, refuse(doing, err)
	}
	now, err := c.send(get)
	if err != nil {
		return nil, refuse(doing, err)
	}
	body, err := withTraffic(now.body, isBatch(id), decide)
	if err != nil {
		return nil, unreadable(now, err).refusal()
	}
	put, err := c.resource(ctx, http.MethodPut, endpointID, apiVersion)
	if err != nil {
		return nil, refuse(doing, err)
	}
	if err := runtime.MarshalAsJSON(put, body); err != nil {
		return nil, refuse(doing, err)
	}
	got, err := c.send(put)
	if err != nil {
		return nil, refuse(doing, err)
	}
	answered := &capture{status: got.status, header: got.header, body: got.body}
	if err := disguised(answered); err != nil {
		return nil, err
	}
	return begun(answered, endpointID), nil
}

// Fields of an endpoint that are the service's to set.
var (
	readOnlyTop        = []string{"id", "name", "type", "systemData", "etag"}
	readOnlyProperties = []string{"provisioningState", "scoringUri", "swaggerUri"}
)

// withTraffic is an endpoint's body with other traffic, or for a batch
// endpoint with another default.
func withTraffic(body []byte, batch bool, decide func(now map[string]int) map[string]int) (map[string]json.RawMessage, error) {
	var top, properties map[string]json.RawMessage
	if err := json.Unmarshal(body, &top); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(top["properties"], &properties); err != nil {
		return nil, fmt.Errorf("properties: %w", err)
	}
	for _, key := range readOnlyTop {
		delete(top, key)
	}
	for _, key := range readOnlyProperties {
		delete(properties, key)
	}
	key, value := "defaults", any(map[string]string{"deploymentName": defaultOf(decide(nil))})
	if !batch {
		now, odd := readShares(properties["traffic"])
		key, value = "traffic", writeShares(decide(now), odd)
	}
	var err error
	if properties[key], err = json.Marshal(value); err != nil {
		return nil, err
	}
	top["properties"], err = json.Marshal(properties)
	return top, err
}

// defaultOf is the deployment that gets everything, or most.
func defaultOf(traffic map[string]int) string {
	best := ""
	for _, name := range slices.Sorted(maps.Keys(traffic)) {
		if share := traffic[name]; share > 0 && (best == "" || share > traffic[best]) {
			best = name
		}
	}
	return best
}

// shareOut gives a deployment its share and scales the others down to the
// rest, in proportion, by largest remainder. Where no other has any traffic,
// the rest stays unassigned and the service decides whether that is allowed.
func shareOut(now map[string]int, name string, percent int) map[string]int {
	out := map[string]int{name: percent}
	others, sum := []string{}, 0
	for _, other := range slices.Sorted(maps.Keys(now)) {
		if other != name {
			others = append(others, other)
			sum += now[other]
		}
	}
	rest := 100 - percent
	left := rest
	for _, other := range others {
		if sum > 0 {
			out[other] = now[other] * rest / sum
			left -= out[other]
		} else {
			out[other] = 0
		}
	}
	if sum == 0 {
		return out
	}
	slices.SortStableFunc(others, func(a, b string) int {
		return cmp.Compare(now[b]*rest%sum, now[a]*rest%sum)
	})
	for _, other := range others[:left] {
		out[other]++
	}
	return out
}
