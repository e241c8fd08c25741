package backend

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/amltop/amltop/model"
)

// keeper is a Memory.
type keeper map[string][]byte

func (k keeper) Remember(_ context.Context, key string, value any) (err error) {
	k[key], err = json.Marshal(value)
	return err
}

func (k keeper) Recall(_ context.Context, key string, value any) (bool, error) {
	text, ok := k[key]
	if !ok {
		return false, nil
	}
	return true, json.Unmarshal(text, value)
}

// billedCloud is a cloud that bills ws1.
func billedCloud(cents int) *fakeCloud {
	f := newFake()
	now := time.Now().UTC()
	f.bills = map[model.SubscriptionID]*model.Actual{"sub1": {
		Subscription: "sub1", Month: model.StartOfMonth(now, time.UTC), AsOf: now,
		Days: []model.ActualDay{{Resource: string(ws1), Day: model.DateOf(now), Amount: model.Money(cents) * 10_000, Currency: "USD"}},
	}}
	return f
}

func asked(f *fakeCloud, prefix string) int {
	n := 0
	f.set(func() {
		for _, c := range f.calls {
			if strings.HasPrefix(c.name, prefix) {
				n++
			}
		}
	})
	return n
}

func TestTheBillIsReadEveryFourHoursWhoeverUrges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := billedCloud(500)
		s := open(t, f, Options{})
		for range 70 { // minutes
			time.Sleep(time.Minute)
			if err := s.Refresh(t.Context(), ""); err != nil {
				t.Fatal(err)
			}
		}
		synctest.Wait()
		if n := asked(f, "bill "); n != 1 {
			t.Errorf("asked %d times within 70 minutes, want once", n)
		}
		b, known := latest(t, s).BilledWorkspace(&model.Workspace{ID: ws1, Subscription: "sub1"})
		if !known || b.Amount.Fixed() != "5.00" {
			t.Errorf("billed %v %v, want 5.00", b, known)
		}
		time.Sleep(4 * time.Hour)
		synctest.Wait()
		if n := asked(f, "bill "); n != 2 {
			t.Errorf("asked %d times in five hours, want twice", n)
		}
	})
}

func TestABillOutlivesTheSession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		memory := keeper{}
		first := billedCloud(500)
		s := open(t, first, Options{Memory: memory})
		time.Sleep(time.Minute)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if asked(first, "bill ") != 1 {
			t.Fatal("the bill was not asked for")
		}
		time.Sleep(3 * time.Hour)
		second := billedCloud(900)
		s = open(t, second, Options{Memory: memory})
		time.Sleep(30 * time.Minute)
		synctest.Wait()
		snap := latest(t, s)
		if n := asked(second, "bill "); n != 0 || len(snap.Actuals) != 1 || snap.Actuals[0].Days[0].Amount.Fixed() != "5.00" {
			t.Errorf("asked %d times, bills %v; want the remembered one", n, snap.Actuals)
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		if n := asked(second, "bill "); n != 1 {
			t.Errorf("asked %d times once it was four hours old, want once", n)
		}
	})
}

func TestARefusedBillTakesNothingAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := billedCloud(500)
		f.computes["ws1"] = Computes{Instances: []*model.Instance{instance("ana", model.StateRunning)}}
		f.fail = func(call string) error {
			if strings.HasPrefix(call, "bill ") {
				return &model.Refusal{Class: model.ErrDenied, Status: 403, Message: "no right to read costs"}
			}
			return nil
		}
		s := open(t, f, Options{})
		time.Sleep(12 * time.Hour)
		synctest.Wait()
		snap := latest(t, s)
		if len(snap.Instances) != 1 || snap.Part(model.SectionComputes, string(ws1)).Err != nil {
			t.Error("the refusal took the targets with it")
		}
		if p := snap.Part(model.SectionActuals, "sub1"); p == nil || p.Err == nil || !strings.Contains(p.Err.Error(), "no right") {
			t.Errorf("part %+v does not say why", p)
		}
		if n := asked(f, "bill "); n > 20 {
			t.Errorf("asked %d times in twelve hours, though refused", n)
		}
	})
}

// listed are sizes as the service lists them: one with a price, one without.
func listedSizes() []*model.Size {
	return []*model.Size{
		{Name: "Standard_X1", Standard: model.Price{PerHour: 2 * model.Unit, Source: model.PriceService}},
		{Name: "Standard_X2"},
	}
}

func sized(name string, size model.SizeName) *model.Instance {
	i := instance(name, model.StateRunning)
	i.VMSize = size
	return i
}

func TestThePriceListIsAskedOnlyForWhatTheServiceDoesNotSay(t *testing.T) {
	retail := []RetailPrice{{"standard_x2", model.TierStandard, model.Price{PerHour: 3 * model.Unit, Currency: "USD", Source: model.PriceRetail}}}
	for _, test := range []struct {
		name, size string
		asks       int
		source     model.PriceSource
	}{
		{"said by the service", "Standard_X1", 0, model.PriceService},
		{"not said", "STANDARD_X2", 1, model.PriceRetail},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake()
				f.sizes, f.retail = listedSizes(), retail
				f.computes["ws1"] = Computes{Instances: []*model.Instance{sized("ana", model.SizeName(test.size))}}
				s := open(t, f, Options{})
				time.Sleep(10 * time.Hour)
				synctest.Wait()
				price := latest(t, s).Instances[0].Price
				if n := asked(f, "retail "); n != test.asks || price.Source != test.source {
					t.Errorf("asked %d times, price from %s; want %d, %s", n, price.Source, test.asks, test.source)
				}
				if test.source == model.PriceService && !price.AsOf.Known() {
					t.Error("the price does not say of what day it is")
				}
			})
		})
	}
}

func TestAPriceListThatFailsLeavesTheTable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.retail = []RetailPrice{}
		f.sizes = []*model.Size{{Name: "Standard_DS3_v2"}}
		f.computes["ws1"] = Computes{Instances: []*model.Instance{sized("ana", "Standard_DS3_v2")}}
		f.fail = func(call string) error {
			if strings.HasPrefix(call, "retail ") {
				return &model.Refusal{Class: model.ErrUnreachable, Message: "no way to the price list"}
			}
			return nil
		}
		s := open(t, f, Options{})
		time.Sleep(time.Minute)
		synctest.Wait()
		snap := latest(t, s)
		if got := snap.Instances[0].Price; got.Source != model.PriceCatalog || !got.AsOf.Known() {
			t.Errorf("price %+v, want the table's with its day", got)
		}
		if len(snap.Parts[model.SectionPrices].Failing()) != 1 {
			t.Error("no part says that the price list fails")
		}
	})
}

func TestAnotherCurrencyIsNeverMixedWithDollars(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake()
		f.sizes = listedSizes()
		f.retail = []RetailPrice{{"standard_x2", model.TierStandard, model.Price{PerHour: 3 * model.Unit, Currency: "EUR", Source: model.PriceRetail}}}
		f.computes["ws1"] = Computes{Instances: []*model.Instance{sized("dollars", "Standard_X1"), sized("euros", "Standard_X2")}}
		s := open(t, f, Options{Currency: "EUR", Residue: []Residue{}})
		time.Sleep(time.Minute)
		synctest.Wait()
		for _, i := range latest(t, s).Instances {
			switch {
			case i.Name == "dollars" && (i.Price.Known() || !i.Meter.Unpriced(time.Now())):
				t.Errorf("a price in dollars is %v where euros were asked for", i.Price)
			case i.Name == "euros" && i.Price.Rate() != "€3.00/h":
				t.Errorf("price %s, want €3.00/h", i.Price.Rate())
			}
		}
		if asked(f, "retail eastus EUR") != 1 {
			t.Error("the price list was not asked for euros")
		}
	})
}

func TestADiscountIsTakenOffWhateverPriceThereIs(t *testing.T) {
	b := newPriceBook(terms{"USD", model.Discounts{{Pattern: "*", Factor: 900_000}, {Pattern: "NC*", Factor: 700_000}}})
	sizes := b.set("sub1/eastus", []*model.Size{{
		Name: "Standard_NC24s_v3", Family: "standardNCSv3Family",
		Standard: model.Price{PerHour: 12_240_000, Currency: "USD", Source: model.PriceService},
	}})
	want := "vmSizes, list $12.24 × 0.70 by config"
	if got := sizes[0].Standard; got.PerHour != 8_568_000 || got.Origin() != want {
		t.Errorf("price %v, origin %q; want 8.568, %q", got.PerHour.Decimal(), got.Origin(), want)
	}
	_, price := b.find("sub1", "eastus", "Standard_DS3_v2", model.TierStandard)
	if price.Source != model.PriceCatalog || price.PerHour != price.List/10*9 {
		t.Errorf("the table's price is %+v, want nine tenths of its list price", price)
	}
}
