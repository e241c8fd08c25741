package arm

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func TestTheDirectory(t *testing.T) {
	v := newTown(t, Options{})
	tenants := v.get("/tenants?api-version=2022-12-01")["value"].([]any)
	if len(tenants) != 1 || dig(tenants[0], "tenantId") != "5f6d0f2c-8a0e-4e6b-9f0a-3b7c1d2e4f60" {
		t.Error(tenants)
	}
	labels := map[string]string{}
	for _, l := range v.get(townSub + "/locations?api-version=2022-12-01")["value"].([]any) {
		labels[dig(l, "name").(string)] = dig(l, "displayName").(string)
	}
	for name, want := range map[string]string{"eastus": "East US", "eastus2": "East US 2", "westeurope": "West Europe", "southcentralus": "South Central US", "uksouth": "UK South"} {
		if labels[name] != want {
			t.Errorf("%s is %q, want %q", name, labels[name], want)
		}
	}
	groups := v.get(townSub + "/resourcegroups?api-version=2021-04-01")
	if got := strings.Join(names(groups), " "); got != "rg-secret rg-Vision" {
		t.Error(got)
	}
	if got := v.get(townSub + "/resourceGroups/RG-VISION?api-version=2021-04-01"); got["location"] != "eastus" {
		t.Error(got)
	}
	if resp, body := v.send("GET", townSub+"/resourceGroups/none?api-version=2021-04-01", ""); resp.StatusCode != http.StatusNotFound || !strings.Contains(body, "ResourceGroupNotFound") {
		t.Errorf("%s %s", resp.Status, body)
	}
}

// A client that knows no API version finds one that works.
func TestTheProviderNamesItsVersions(t *testing.T) {
	v := newTown(t, Options{})
	doc := v.get(townSub + "/providers/Microsoft.MachineLearningServices?api-version=2021-04-01")
	found := map[string]any{}
	for _, kind := range doc["resourceTypes"].([]any) {
		found[dig(kind, "resourceType").(string)] = dig(kind, "apiVersions")
	}
	for _, kind := range []string{"workspaces", "workspaces/computes", "workspaces/onlineEndpoints/deployments", "locations/computeOperationsStatus"} {
		if found[kind] == nil {
			t.Errorf("no %s among %d types", kind, len(found))
		}
	}
	for _, version := range found["workspaces"].([]any) {
		v.get(visionPath + "?api-version=" + version.(string))
	}
}

func TestSecretsThatOpenNothing(t *testing.T) {
	v := newTown(t, Options{})
	const endpoint = visionPath + "/onlineEndpoints/defects"
	keys := func() string {
		_, body := v.send("POST", endpoint+"/listKeys", "")
		return body
	}
	before := keys()
	resp, _ := v.send("POST", endpoint+"/regenerateKeys", `{"keyType":"Secondary"}`)
	if resp.StatusCode != http.StatusAccepted || resp.Header.Get("Location") == "" {
		t.Error(resp.Status)
	}
	v.pass(time.Minute)
	if after := keys(); after == before || !strings.Contains(after, `"secondaryKey":"simulated-secondary-key-of-defects-2"`) || !strings.Contains(after, `"primaryKey":"simulated-primary-key-of-defects"`) {
		t.Errorf("%s, then %s", before, after)
	}
	for path, want := range map[string]string{
		endpoint + "/token":                                    "issues no tokens",
		visionPath + "/computes/ana-gpu/listKeys":              "not supported for compute 'ana-gpu' of type ComputeInstance",
		visionPath + "/computes/k8s/listKeys":                  `"userKubeConfig":"simulated-`,
		endpoint + "/regenerateKeys?api-version=2024-04-01&x=": "neither Primary nor Secondary",
	} {
		if _, body := v.send("POST", path, `{"keyType":"Third"}`); !strings.Contains(body, want) {
			t.Errorf("%s: %s", path, body)
		}
	}
	for _, list := range []string{"serverlessEndpoints", "connections", "schedules"} {
		if doc := v.get(visionPath + "/" + list); len(doc["value"].([]any)) != 0 {
			t.Error(doc)
		}
		if resp, _ := v.send("GET", secretPath+"/"+list, ""); resp.StatusCode != http.StatusForbidden {
			t.Errorf("%s of a forbidden workspace: %s", list, resp.Status)
		}
	}
}

func TestRetailPrices(t *testing.T) {
	v := newTown(t, Options{Throttle: true})
	ask := func(filter, rest string) map[string]any {
		return v.get("/api/retail/prices?$filter=" + url.QueryEscape(filter) + rest)
	}
	doc := ask("serviceName eq 'Virtual Machines' and armRegionName eq 'eastus' and armSkuName eq 'Standard_NC24s_v3' and priceType eq 'Consumption'", "&currencyCode='USD'")
	var got []string
	for _, i := range doc["Items"].([]any) {
		got = append(got, fmt.Sprint(dig(i, "meterName"), " ", dig(i, "retailPrice"), " ", strings.HasSuffix(dig(i, "productName").(string), "Windows")))
	}
	if text := strings.Join(got, ", "); !strings.HasPrefix(text, "NC24s v3 12.24 false, NC24s v3 13.344 true") {
		t.Error(text)
	}
	if n := len(ask("armRegionName eq 'EastUS' and armSkuName eq 'x'", "&api-version=2021-10-01-preview")["Items"].([]any)); n != 0 {
		t.Error(n)
	}
}

func TestRetailPricesPage(t *testing.T) {
	v := newTown(t, Options{})
	doc := v.get("/api/retail/prices?$filter=" + url.QueryEscape("armRegionName eq 'westeurope' and contains(productName, 'Virtual')"))
	seen, pages := map[string]bool{}, 1
	for {
		for _, i := range doc["Items"].([]any) {
			seen[dig(i, "meterId").(string)] = true
		}
		next, more := doc["NextPageLink"].(string)
		if !more {
			break
		}
		doc = v.get(next)
		pages++
	}
	if pages < 2 || len(seen) <= retailPage*(pages-1) || len(seen) > retailPage*pages {
		t.Errorf("%d items on %d pages", len(seen), pages)
	}
	for _, query := range []string{"$filter=" + url.QueryEscape("colour eq 'x'"), "$filter=x", "currencyCode='EUR'"} {
		if resp, body := v.send("GET", "/api/retail/prices?"+query, ""); resp.StatusCode != http.StatusBadRequest {
			t.Errorf("%s: %s %s", query, resp.Status, body)
		}
	}
}
