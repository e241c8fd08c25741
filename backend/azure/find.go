package azure

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// Azure Resource Graph answers for many subscriptions at once. It is asked
// through the raw pipeline: two queries need no module of their own.
const (
	graphPath    = "/providers/Microsoft.ResourceGraph/resources"
	graphVersion = "2021-03-01"
	graphTop     = 1000 // rows a page; the most there can be
	graphScope   = 1000 // subscriptions a query; the service takes 10,000
)

const graphSpaces = "microsoft.machinelearningservices/workspaces"

// The queries. The columns are those the table is documented to have; rows come
// in the order of their ids, so that a page is the same while nothing changes.
const (
	graphColumns   = " | project id, name, type, kind, location, subscriptionId, sku, tags, properties | order by id asc"
	workspaceQuery = "resources | where type =~ '" + graphSpaces + "'" + graphColumns
	endpointQuery  = "resources | where type in~ ('" + graphSpaces + "/onlineendpoints', '" + graphSpaces + "/onlineendpoints/deployments', '" +
		graphSpaces + "/batchendpoints', '" + graphSpaces + "/batchendpoints/deployments')" + graphColumns
)

// graphQuery is the body of a query.
type graphQuery struct {
	Subscriptions []model.SubscriptionID `json:"subscriptions"`
	Query         string                 `json:"query"`
	Options       struct {
		Top          int    `json:"$top"`
		SkipToken    string `json:"$skipToken,omitempty"`
		ResultFormat string `json:"resultFormat"`
	} `json:"options"`
}

// wireFoundWorkspace is a row of the graph.
type wireFoundWorkspace struct {
	wireWorkspace
	SubscriptionID text `json:"subscriptionId"`
}

// FindWorkspaces asks Resource Graph for the workspaces of subscriptions.
func (c *Client) FindWorkspaces(ctx context.Context, subs []model.SubscriptionID, held backend.Version) ([]*model.Workspace, backend.Version, error) {
	const doing = "ask Resource Graph for workspaces"
	rows, version, err := listChanged[wireFoundWorkspace](ctx, c, doing, "graph workspaces", held, 0, c.graph(subs, workspaceQuery))
	if err != nil {
		return nil, 0, err
	}
	all := make([]*model.Workspace, 0, len(rows))
	for i := range rows {
		if row := &rows[i]; row.ID != "" {
			all = append(all, mapWorkspace(&row.wireWorkspace, model.SubscriptionID(model.Fold(string(row.SubscriptionID)))))
		}
	}
	return all, version, nil
}

// FindEndpoints asks Resource Graph for the endpoints and deployments of
// subscriptions. A deployment whose endpoint it does not list is left out.
func (c *Client) FindEndpoints(ctx context.Context, subs []model.SubscriptionID, held backend.Version) (backend.Endpoints, error) {
	const doing = "ask Resource Graph for endpoints"
	rows, version, err := listChanged[wireFound](ctx, c, doing, "graph endpoints", held, 0, c.graph(subs, endpointQuery))
	if err != nil {
		return backend.Endpoints{}, err
	}
	all := backend.Endpoints{Version: version}
	byID := map[string]*model.Endpoint{}
	for i := range rows {
		if e := rows[i].endpoint; e != nil && e.ID != "" {
			found := mapEndpoint(e, rows[i].kind, model.WorkspaceIDOf(string(e.ID)))
			byID[string(found.ID)] = found
			all.Endpoints = append(all.Endpoints, found)
		}
	}
	for i := range rows {
		d := rows[i].deployment
		if d == nil {
			continue
		}
		parent, _, _ := strings.Cut(model.Fold(string(d.ID)), "/deployments/")
		if e := byID[parent]; e != nil {
			all.Deployments = append(all.Deployments, mapDeployment(d, e))
		}
	}
	return all, nil
}

// wireFound is an endpoint or a deployment as the graph has it.
type wireFound struct {
	kind       model.EndpointKind
	endpoint   *wireEndpoint
	deployment *wireDeployment
}

// UnmarshalJSON implements json.Unmarshaler. What it does not know is neither.
func (f *wireFound) UnmarshalJSON(b []byte) error {
	var row struct {
		Type text `json:"type"`
	}
	if err := decode(b, &row); err != nil {
		return err
	}
	segments := strings.Split(strings.TrimPrefix(model.Fold(string(row.Type)), graphSpaces+"/"), "/")
	f.kind = model.OnlineEndpoint
	if segments[0] == "batchendpoints" {
		f.kind = model.BatchEndpoint
	}
	if len(segments) == 2 {
		f.deployment = new(wireDeployment)
		return decode(b, f.deployment)
	}
	f.endpoint = new(wireEndpoint)
	return decode(b, f.endpoint)
}

// graph reads the answer to a query page by page, for as many subscriptions at
// a time as one may name.
func (c *Client) graph(subs []model.SubscriptionID, query string) pageReader {
	q := graphQuery{Query: query}
	q.Options.Top, q.Options.ResultFormat = graphTop, "objectArray"
	return func(ctx context.Context) (bool, error) {
		if q.Options.SkipToken == "" {
			if len(subs) == 0 {
				return false, nil
			}
			n := min(graphScope, len(subs))
			q.Subscriptions, subs = subs[:n], subs[n:]
		}
		resp, err := c.askGraph(ctx, q)
		if err != nil {
			return false, err
		}
		var next struct {
			NextLink string `json:"nextLink"` // as tap.go writes it
		}
		if err := runtime.UnmarshalAsJSON(resp, &next); err != nil {
			return false, err
		}
		q.Options.SkipToken = next.NextLink
		if next.NextLink == "" && len(subs) == 0 {
			return true, nil
		}
		return true, breathe(ctx, resp.Header)
	}
}

func (c *Client) askGraph(ctx context.Context, q graphQuery) (*http.Response, error) {
	req, err := c.resource(ctx, http.MethodPost, graphPath, graphVersion)
	if err != nil {
		return nil, err
	}
	if err := runtime.MarshalAsJSON(req, q); err != nil {
		return nil, fmt.Errorf("write the query: %w", err)
	}
	req.Raw().Header.Set("Accept", "application/json")
	resp, err := c.raw.Pipeline().Do(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode != http.StatusOK {
		return nil, runtime.NewResponseError(resp)
	}
	return resp, nil
}

// longestBreath bounds how long a page is waited for.
const longestBreath = 30 * time.Second

// breathe waits for the graph's quota to be set anew before the next page, if
// less than half of it is left: others ask it too.
func breathe(ctx context.Context, h http.Header) error {
	left, known := smallest(h.Get(headerGraph))
	if !known || float64(left) > sizeOf[model.BudgetGraph].limit/2 {
		return nil
	}
	timer := time.NewTimer(min(resetsAfter(h.Get(headerGraphReset)), longestBreath))
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

const headerGraphReset = "x-ms-user-quota-resets-after" // hh:mm:ss

// resetsAfter reads a span such as 00:00:05; a second for what is none.
func resetsAfter(header string) time.Duration {
	var h, m, s int
	if n, err := fmt.Sscanf(strings.TrimSpace(header), "%d:%d:%d", &h, &m, &s); err != nil || n != 3 || h < 0 || m < 0 || s < 0 {
		return time.Second
	}
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second
}
