package azure

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/policy"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/model/catalog"
)

// The public price list has a host of its own and asks for no sign-in: it is
// asked through a pipeline that has no credential to give away. An emulator has
// the list under its own address.
const (
	retailHost    = "https://prices.azure.com"
	retailPath    = "/api/retail/prices"
	retailVersion = "2023-01-01-preview"
	retailPages   = 300 // most pages read of one answer; a region has some ten thousand lines
)

// priceList is who is asked for prices.
type priceList struct {
	base     *url.URL
	pipeline runtime.Pipeline
}

// newPriceList is the price list of a client: the public one, or that of the
// address that stands in for Azure.
func newPriceList(o Options, base *url.URL, client policy.ClientOptions) (priceList, error) {
	at := base
	if o.Carrier == model.CarrierAzure && o.Endpoint == "" {
		var err error
		if at, err = url.Parse(retailHost); err != nil {
			return priceList{}, fmt.Errorf("the address of the price list: %w", err)
		}
	}
	client.PerCallPolicies = []policy.Policy{hostGuard{at}}
	return priceList{at, runtime.NewPipeline("amltop", "v1.0.0", runtime.PipelineOptions{}, &client)}, nil
}

// wirePrices is a page of the price list.
type wirePrices struct {
	Items *[]wirePrice `json:"Items"`
	Next  string       `json:"NextPageLink"`
}

// wirePrice is a line of it.
type wirePrice struct {
	Size     text   `json:"armSkuName"`
	Product  text   `json:"productName"`
	Meter    text   `json:"meterName"`
	SKU      text   `json:"skuName"`
	Type     text   `json:"type"`
	Unit     text   `json:"unitOfMeasure"`
	Term     text   `json:"reservationTerm"`
	Currency text   `json:"currencyCode"`
	MinUnits figure `json:"tierMinimumUnits"`
	Amount   figure `json:"retailPrice"`
	Since    stamp  `json:"effectiveStartDate"`
}

func (w *wirePrice) entry() (catalog.RetailEntry, bool) {
	amount, err := model.ParseMoney(string(w.Amount))
	if err != nil {
		return catalog.RetailEntry{}, false
	}
	from, err := model.ParseMoney(string(w.MinUnits))
	if err != nil {
		from = 0
	}
	return catalog.RetailEntry{
		Size: model.SizeName(w.Size), Product: string(w.Product), Meter: string(w.Meter), SKU: string(w.SKU), Type: string(w.Type),
		Unit: string(w.Unit), Term: string(w.Term), Currency: string(w.Currency), MinUnits: from, Amount: amount, Since: model.DateOf(w.Since.at),
	}, true
}

// Retail reads the public price list of a region in a currency.
func (c *Client) Retail(ctx context.Context, location, currency string) ([]backend.RetailPrice, error) {
	const doing = "read the retail price list"
	entries, err := c.prices.read(ctx, model.RegionKey(location), currency)
	if err != nil {
		return nil, refuse(doing, err)
	}
	var all []backend.RetailPrice
	for size, tiers := range catalog.ChooseRetail(entries, currency) {
		for tier, price := range tiers {
			all = append(all, backend.RetailPrice{Size: model.SizeName(size), Tier: tier, Price: price})
		}
	}
	if len(all) == 0 {
		return nil, &model.Refusal{
			Class:   model.ErrNotFound,
			Message: "the retail price list has no VM prices in " + currency + " for " + location,
			Next:    "set cost.currency to one it has, such as USD or EUR",
		}
	}
	return all, nil
}

// read gathers the lines of all pages.
func (l priceList) read(ctx context.Context, region, currency string) ([]catalog.RetailEntry, error) {
	query := url.Values{
		"api-version":  {retailVersion},
		"currencyCode": {"'" + currency + "'"},
		"$filter": {"serviceName eq 'Virtual Machines' and armRegionName eq '" + strings.ReplaceAll(region, "'", "''") +
			"' and priceType eq 'Consumption'"},
	}
	address := strings.TrimSuffix(l.base.String(), "/") + retailPath + "?" + query.Encode()
	var entries []catalog.RetailEntry
	seen := map[string]bool{}
	for range retailPages {
		page, err := l.page(ctx, address)
		if err != nil {
			return nil, err
		}
		for i := range *page.Items {
			if e, ok := (*page.Items)[i].entry(); ok {
				entries = append(entries, e)
			}
		}
		if page.Next == "" {
			return entries, nil
		}
		if seen[page.Next] {
			return nil, errLoop
		}
		seen[page.Next], address = true, page.Next
	}
	return nil, errTooLong
}

var errTooLong = errors.New("its pages go on without end")

// page reads one page, from the host of the list only.
func (l priceList) page(ctx context.Context, address string) (wirePrices, error) {
	u, err := url.Parse(address)
	if err != nil || !sameOrigin(u, l.base) {
		return wirePrices{}, foreign(u, l.base)
	}
	req, err := runtime.NewRequest(ctx, http.MethodGet, address)
	if err != nil {
		return wirePrices{}, fmt.Errorf("not a URL to ask: %w", err)
	}
	req.Raw().Header.Set("Accept", "application/json")
	resp, err := l.pipeline.Do(req)
	if err != nil {
		return wirePrices{}, err
	}
	if resp.StatusCode != http.StatusOK {
		return wirePrices{}, runtime.NewResponseError(resp)
	}
	body, err := runtime.Payload(resp)
	if err != nil {
		return wirePrices{}, &unreadableError{status: resp.StatusCode, err: err}
	}
	var page wirePrices
	if err := json.Unmarshal(body, &page); err != nil {
		return page, unreadable(answer{resp.StatusCode, resp.Header, body}, err)
	}
	if page.Items == nil {
		return page, unreadable(answer{resp.StatusCode, resp.Header, body}, errNoList)
	}
	return page, nil
}
