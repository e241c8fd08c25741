package azure

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"github.com/amltop/amltop/model"
)

// Cost Management tells what was billed. A query for a month costs one of its
// units; it is asked rarely, for its data is hours behind anyway.
const (
	costPath    = "/providers/Microsoft.CostManagement/query"
	costVersion = "2022-10-01"
	costPages   = 100 // most pages read of one answer, a thousand rows each
)

// costTypes are the types of resource that the cost of Azure ML is put down to:
// mostly the workspace, whatever in it was used.
var costTypes = []string{
	"microsoft.machinelearningservices/workspaces",
	"microsoft.machinelearningservices/workspaces/computes",
	"microsoft.machinelearningservices/workspaces/onlineendpoints",
	"microsoft.machinelearningservices/workspaces/onlineendpoints/deployments",
}

// costQuery is the body of a query.
type costQuery struct {
	Type      string `json:"type"`
	Timeframe string `json:"timeframe"`
	Dataset   struct {
		Granularity string                `json:"granularity"`
		Aggregation map[string]costColumn `json:"aggregation"`
		Grouping    []costColumn          `json:"grouping"`
		Filter      struct {
			Dimensions costAmong `json:"dimensions"`
		} `json:"filter"`
	} `json:"dataset"`
}

type costColumn struct {
	Type     string `json:"type,omitempty"`
	Name     string `json:"name"`
	Function string `json:"function,omitempty"`
}

type costAmong struct {
	Name     string   `json:"name"`
	Operator string   `json:"operator"`
	Values   []string `json:"values"`
}

func monthToDate() costQuery {
	q := costQuery{Type: "ActualCost", Timeframe: "MonthToDate"}
	q.Dataset.Granularity = "Daily"
	q.Dataset.Aggregation = map[string]costColumn{"totalCost": {Name: "Cost", Function: "Sum"}}
	q.Dataset.Grouping = []costColumn{{Type: "Dimension", Name: "ResourceId"}}
	q.Dataset.Filter.Dimensions = costAmong{"ResourceType", "In", costTypes}
	return q
}

// wireCost is an answer to a query. What a cell means is said by its column,
// whose place the service chooses.
type wireCost struct {
	Properties struct {
		NextLink string `json:"nextLink"`
		Columns  []struct {
			Name text `json:"name"`
		} `json:"columns"`
		Rows [][]cell `json:"rows"`
	} `json:"properties"`
}

// cell is a number or a text of a row, as a text.
type cell string

// UnmarshalJSON implements json.Unmarshaler.
func (c *cell) UnmarshalJSON(b []byte) error {
	var t text
	if len(b) > 0 && b[0] == '"' {
		err := decode(b, &t)
		*c = cell(t)
		return err
	}
	if string(b) != "null" {
		*c = cell(clean(string(b)))
	}
	return nil
}

var errNoColumns = errors.New("a column of cost, day, resource or currency is missing")

// Actual reads what the Azure ML resources of a subscription were billed.
func (c *Client) Actual(ctx context.Context, sub model.SubscriptionID) (*model.Actual, error) {
	const doing = "ask Cost Management for the bill"
	now := c.Clock().At(c.now())
	y, m, _ := now.UTC().Date()
	a := &model.Actual{Subscription: sub, Month: time.Date(y, m, 1, 0, 0, 0, 0, time.UTC), AsOf: now}
	req, err := c.resource(ctx, http.MethodPost, "/subscriptions/"+string(sub)+costPath, costVersion)
	if err != nil {
		return nil, refuse(doing, err)
	}
	seen := map[string]bool{}
	for range costPages {
		next, err := c.costPage(ctx, req, a)
		switch {
		case err != nil:
			return nil, refuse(doing, err)
		case next == "":
			slices.SortFunc(a.Days, compareDays)
			return a, nil
		case seen[next]:
			return nil, refuse(doing, errLoop)
		}
		seen[next] = true
		if req, err = c.nextCosts(ctx, next); err != nil {
			return nil, refuse(doing, err)
		}
	}
	return nil, refuse(doing, errTooLong)
}

func compareDays(x, y model.ActualDay) int {
	if c := strings.Compare(x.Resource, y.Resource); c != 0 {
		return c
	}
	return int(x.Day) - int(y.Day)
}

// nextCosts is the request for a further page: the same query, elsewhere.
func (c *Client) nextCosts(ctx context.Context, address string) (*policy.Request, error) {
	u, err := url.Parse(address)
	if err != nil || !sameOrigin(u, c.base) {
		return nil, foreign(u, c.base)
	}
	req, err := runtime.NewRequest(ctx, http.MethodPost, address)
	if err != nil {
		return nil, fmt.Errorf("not a URL to ask: %w", err)
	}
	return req, nil
}

// costPage reads one page into an actual. That nothing was billed is an answer
// without a body.
func (c *Client) costPage(ctx context.Context, req *policy.Request, a *model.Actual) (next string, err error) {
	if err := runtime.MarshalAsJSON(req, monthToDate()); err != nil {
		return "", fmt.Errorf("write the query: %w", err)
	}
	got, err := c.send(req)
	if err != nil || got.status == http.StatusNoContent {
		return "", err
	}
	var w wireCost
	if err := decode(got.body, &w); err != nil {
		return "", unreadable(got, err)
	}
	at := map[string]int{}
	for i, col := range w.Properties.Columns {
		at[model.Fold(string(col.Name))] = i + 1 // 0 is none
	}
	cost, day, id, currency := at["cost"], at["usagedate"], at["resourceid"], at["currency"]
	if cost*day*id*currency == 0 {
		return "", unreadable(got, errNoColumns)
	}
	for _, row := range w.Properties.Rows {
		if len(row) < len(w.Properties.Columns) {
			return "", unreadable(got, errNoColumns)
		}
		amount, err := model.ParseMoney(string(row[cost-1]))
		if err != nil {
			return "", unreadable(got, err)
		}
		a.Days = append(a.Days, model.ActualDay{
			Resource: model.Fold(string(row[id-1])), Day: usageDay(string(row[day-1])), Amount: amount, Currency: strings.ToUpper(string(row[currency-1])),
		})
	}
	return w.Properties.NextLink, nil
}

// usageDay reads a day such as 20251121, or a moment; unknown for what is none.
func usageDay(s string) model.Date {
	if t, err := time.Parse("20060102", s); err == nil {
		return model.DateOf(t)
	}
	return model.DateOf(parseStamp(s))
}
