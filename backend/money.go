package backend

import (
	"context"

	"github.com/amltop/amltop/model"
)

// Accounts is the part of the port that money is asked through. What is refused
// there takes nothing away: estimates stay, by what else is known.
type Accounts interface {
	// Retail reads the public price list of a region: the Linux price of every
	// VM size and tier it names, in one currency (ISO 4217). It asks without a
	// credential, of whoever has the list.
	Retail(ctx context.Context, location, currency string) ([]RetailPrice, error)
	// Actual reads what a subscription's Azure ML resources were billed this
	// month so far, by resource and day.
	Actual(ctx context.Context, sub model.SubscriptionID) (*model.Actual, error)
}

// RetailPrice is a price of the public price list.
type RetailPrice struct {
	Size  model.SizeName
	Tier  model.Tier
	Price model.Price
}
