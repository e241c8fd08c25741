package azure

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

// priceLine is a line of the price list, with the traps of the real one.
func priceLine(sku, meter, product, amount, rest string) string {
	return `{"currencyCode":"EUR","tierMinimumUnits":0.0,"retailPrice":` + amount + `,"unitPrice":` + amount +
		`,"armRegionName":"westeurope","effectiveStartDate":"2025-11-01T00:00:00Z","meterName":"` + meter + `","skuName":"` + meter +
		`","productName":"` + product + `","serviceName":"Virtual Machines","unitOfMeasure":"1 Hour","type":"Consumption","armSkuName":"` + sku + `"` + rest + `}`
}

func pricePage(next string, lines ...string) string {
	if next != "null" {
		next = `"` + next + `"`
	}
	return `{"BillingCurrency":"EUR","Items":[` + strings.Join(lines, ",") + `],"NextPageLink":` + next + `}`
}

const dsv2 = "Virtual Machines DSv2 Series"

// publicClient is a client of the public cloud, whose price list is elsewhere.
func publicClient(t *testing.T, s *script) *Client {
	t.Helper()
	c, err := New(Options{Carrier: model.CarrierAzure, Transport: s, Credential: namedCredential{"secret"}, Now: func() time.Time { return testNow }})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestThePriceListIsAskedOnItsOwnHostWithoutAToken(t *testing.T) {
	second := "https://prices.azure.com/api/retail/prices?$skip=100"
	s := newScript(
		ok("GET", "$skip=100", pricePage("null", priceLine("Standard_DS3_v2", "DS3 v2 Spot", dsv2, "0.05", ""))),
		ok("GET", "/api/retail/prices?", pricePage(second, priceLine("Standard_DS3_v2", "DS3 v2", dsv2, "0.2710001", ""))),
	)
	// The first exchange fits the second page only.
	list, err := publicClient(t, s).Retail(t.Context(), "West Europe", "EUR")
	if err != nil {
		t.Fatal(err)
	}
	got := map[model.Tier]model.Price{}
	for _, p := range list {
		got[p.Tier] = p.Price
	}
	want := model.Price{PerHour: 271_000, Currency: "EUR", Source: model.PriceRetail, AsOf: model.DateOf(time.Date(2025, 11, 1, 0, 0, 0, 0, time.UTC))}
	if got[model.TierStandard] != want || got[model.TierSpot].PerHour != 50_000 || len(got) != 2 {
		t.Errorf("got %+v", got)
	}
	for _, req := range s.requests {
		if req.URL.Scheme != "https" || req.URL.Host != "prices.azure.com" || req.Header.Get("Authorization") != "" {
			t.Errorf("asked %s with the token %q", req.URL.Host, req.Header.Get("Authorization"))
		}
	}
	first := s.requests[0].URL.Query()
	if f := first.Get("$filter"); !strings.Contains(f, "armRegionName eq 'westeurope'") || first.Get("currencyCode") != "'EUR'" {
		t.Errorf("asked %v", first)
	}
}

func TestAPriceListThatLeadsAwayIsNotFollowed(t *testing.T) {
	for _, next := range []string{
		"https://evil.example/api/retail/prices?$skip=100", "http://prices.azure.com/api/retail/prices", "//evil.example/x", "https://u:p@prices.azure.com/x",
	} {
		s := newScript(ok("GET", "/api/retail/prices?", pricePage(next, priceLine("Standard_DS3_v2", "DS3 v2", dsv2, "1", ""))))
		_, err := publicClient(t, s).Retail(t.Context(), "westeurope", "EUR")
		if err == nil || len(s.requests) != 1 {
			t.Errorf("%s: %v after %d requests", next, err, len(s.requests))
		}
	}
}

func TestAPriceListGoesInACircle(t *testing.T) {
	again := "https://prices.azure.com/api/retail/prices?$skip=100"
	s := newScript(ok("GET", "/api/retail/prices", pricePage(again, priceLine("Standard_DS3_v2", "DS3 v2", dsv2, "1", ""))))
	_, err := publicClient(t, s).Retail(t.Context(), "westeurope", "EUR")
	if !errors.Is(err, errLoop) && (err == nil || !strings.Contains(err.Error(), "circle")) || len(s.requests) != 2 {
		t.Errorf("%v after %d requests", err, len(s.requests))
	}
}

func TestPriceListsThatSayNothing(t *testing.T) {
	for name, e := range map[string]*exchange{
		"no such currency": {method: "GET", path: "/api/retail", status: http.StatusBadRequest, body: `{"Error":{"Code":"BadRequest","Message":"Currency code is not valid"}}`},
		"no lines":         ok("GET", "/api/retail", pricePage("null")),
		"windows only":     ok("GET", "/api/retail", pricePage("null", priceLine("Standard_DS3_v2", "DS3 v2", dsv2+" Windows", "1", ""))),
		"no list":          ok("GET", "/api/retail", `{"hello":1}`),
		"a web page":       {method: "GET", path: "/api/retail", status: 200, body: "<html>sign in here</html>", header: map[string]string{"Content-Type": "text/html"}},
		"cut off":          ok("GET", "/api/retail", `{"Items":[{"armSkuName":"x"`),
		"unreachable":      {method: "GET", path: "/api/retail", err: errors.New("no route")},
	} {
		_, err := publicClient(t, newScript(e)).Retail(t.Context(), "westeurope", "EUR")
		if no, ok := errors.AsType[*model.Refusal](err); !ok || no.Message == "" {
			t.Errorf("%s: %v is no refusal", name, err)
		}
	}
}

func TestAnEmulatorHasThePriceListItself(t *testing.T) {
	s := newScript(ok("GET", "/api/retail/prices?", pricePage("null", priceLine("Standard_DS3_v2", "DS3 v2", dsv2, "1", ""))))
	c := clientOn(t, s)
	if _, err := c.Retail(t.Context(), "westeurope", "EUR"); err != nil {
		t.Fatal(err)
	}
	if got := s.requests[0].URL; !sameOrigin(got, c.base) {
		t.Errorf("asked %s", got)
	}
}
