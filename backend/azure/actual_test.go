package azure

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

const costQueryPath = "/subscriptions/" + testSub + "/providers/Microsoft.CostManagement/query"

// bill is an answer to a cost query, its columns in another order than asked.
func bill(next string, rows ...string) string {
	return `{"id":"x","properties":{"nextLink":` + next + `,"columns":[{"name":"ResourceId","type":"String"},{"name":"UsageDate","type":"Number"},` +
		`{"name":"Cost","type":"Number"},{"name":"Currency","type":"String"}],"rows":[` + strings.Join(rows, ",") + `]}}`
}

func billRow(id, day, amount, currency string) string {
	return `["` + id + `",` + day + `,` + amount + `,"` + currency + `"]`
}

func TestTheBillIsReadPageByPage(t *testing.T) {
	next := "https://management.azure.com" + costQueryPath + "?api-version=2022-10-01&$skiptoken=abc"
	s := newScript(
		ok("POST", "$skiptoken=abc", bill("null", billRow(testWS+"/computes/ana", "20261121", "1.5e-05", "USD"))),
		ok("POST", costQueryPath, bill(`"`+next+`"`, billRow(strings.ToUpper(testWS), "20261122", "12.3456789", "usd"), billRow(testWS, "20261101", "-2", "USD"))),
	)
	a, err := clientOn(t, s).Actual(t.Context(), testSub)
	if err != nil {
		t.Fatal(err)
	}
	ws := model.Fold(testWS)
	day := func(d int) model.Date { return model.DateOf(time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC)) }
	want := []model.ActualDay{
		{Resource: ws, Day: day(1), Amount: -2 * model.Unit, Currency: "USD"},
		{Resource: ws, Day: day(22), Amount: 12_345_679, Currency: "USD"},
		{Resource: ws + "/computes/ana", Day: day(21), Amount: 15, Currency: "USD"},
	}
	if len(a.Days) != len(want) || !a.AsOf.Equal(testNow) || !a.Month.Equal(time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)) {
		t.Fatalf("got %+v", a)
	}
	for i := range want {
		if a.Days[i] != want[i] {
			t.Errorf("row %d: got %+v, want %+v", i, a.Days[i], want[i])
		}
	}
	var sent struct {
		Type, Timeframe string
		Dataset         struct {
			Granularity string
			Grouping    []struct{ Name string }
		}
	}
	for _, e := range s.exchanges { // the same question on every page
		if err := json.Unmarshal([]byte(e.sentBody), &sent); err != nil {
			t.Fatal(err)
		}
		if sent.Type != "ActualCost" || sent.Timeframe != "MonthToDate" || sent.Dataset.Granularity != "Daily" || len(sent.Dataset.Grouping) != 1 {
			t.Errorf("asked %s", e.sentBody)
		}
	}
}

func TestNothingBilledIsAnAnswer(t *testing.T) {
	s := newScript(&exchange{method: "POST", path: costQueryPath, status: http.StatusNoContent})
	a, err := clientOn(t, s).Actual(t.Context(), testSub)
	if err != nil || len(a.Days) != 0 || a.AsOf.IsZero() {
		t.Errorf("%+v, %v", a, err)
	}
}

func TestBillsThatAreRefused(t *testing.T) {
	for name, test := range map[string]struct {
		e    *exchange
		want error
	}{
		"no right": {&exchange{method: "POST", path: costQueryPath, status: 403, body: `{"error":{"code":"AuthorizationFailed","message":"no"}}`}, model.ErrDenied},
		"no token": {&exchange{method: "POST", path: costQueryPath, status: 401, body: `{"error":{"code":"ExpiredAuthenticationToken","message":"no"}}`}, model.ErrSignIn},
		"too many": {&exchange{method: "POST", path: costQueryPath, status: 429, header: map[string]string{"x-ms-ratelimit-microsoft.costmanagement-qpu-retry-after": "47"},
			body: `{"error":{"code":"429","message":"Too many requests. Please retry after 47 seconds."}}`}, model.ErrThrottled},
		"another host": {ok("POST", costQueryPath, bill(`"https://evil.example/query"`)), nil},
		"no currency":  {ok("POST", costQueryPath, `{"properties":{"columns":[{"name":"Cost"}],"rows":[[1]]}}`), model.ErrUnreachable},
		"a short row":  {ok("POST", costQueryPath, bill("null", `["x",1]`)), model.ErrUnreachable},
		"no amount":    {ok("POST", costQueryPath, bill("null", `["x",20261101,true,"USD"]`)), model.ErrUnreachable},
	} {
		s := newScript(test.e)
		_, err := clientOn(t, s).Actual(t.Context(), testSub)
		no, ok := errors.AsType[*model.Refusal](err)
		if !ok || test.want != nil && !errors.Is(err, test.want) || len(s.requests) != 1 {
			t.Errorf("%s: %v after %d requests", name, err, len(s.requests))
			continue
		}
		if name == "too many" && no.RetryAfter != 47*time.Second {
			t.Errorf("%s: asked again after %v", name, no.RetryAfter)
		}
	}
}
