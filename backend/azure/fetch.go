package azure

import (
	"context"
	"errors"
	"fmt"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"github.com/amltop/amltop/model"
)

// maxPages ends a list whose pages do not.
const maxPages = 10_000

// collect reads all pages of a list through the SDK's pager, or until atLeast
// rows are there; 0 means all. Rows are decoded as W.
func collect[W, R any](ctx context.Context, doing string, pager *runtime.Pager[R], atLeast int) ([]W, error) {
	var all []W
	seen := map[string]bool{}
	got := &capture{}
	got.decode = func(body []byte) (string, error) {
		var p page[W]
		if err := decode(body, &p); err != nil {
			return "", err
		}
		rows, err := p.rows(body)
		if err != nil {
			return "", err
		}
		all = append(all, rows...)
		if seen[p.NextLink] {
			return "", errors.New("a page names one that was read already as the next one")
		}
		seen[p.NextLink] = p.NextLink != ""
		return p.NextLink, nil
	}
	ctx = withCapture(ctx, got)
	for n := 0; pager.More(); n++ {
		if atLeast > 0 && len(all) >= atLeast {
			break
		}
		if n == maxPages {
			return nil, &model.Refusal{Message: fmt.Sprintf("%s: gave up after %d pages", doing, maxPages)}
		}
		if _, err := pager.NextPage(ctx); err != nil {
			return nil, refuse(doing, err)
		}
	}
	return all, nil
}

// read makes one call of the SDK and decodes its answer as W.
func read[W any](ctx context.Context, doing string, call func(context.Context) error) (*W, error) {
	var w W
	got := &capture{decode: func(body []byte) (string, error) { return "", decode(body, &w) }}
	if err := call(withCapture(ctx, got)); err != nil {
		return nil, refuse(doing, err)
	}
	return &w, nil
}

// inWorkspace takes apart the id of a resource below a workspace: its names
// begin with the workspace's, and there are as many as said.
func inWorkspace(armID string, names int) (model.ResourceID, error) {
	id, err := model.ParseResourceID(armID)
	if err != nil {
		return id, &model.Refusal{Message: clean(err.Error())}
	}
	if id.ResourceGroup == "" || len(id.Names) != names {
		return id, &model.Refusal{Message: fmt.Sprintf("resource id %q is not of the kind needed here", clean(armID))}
	}
	return id, nil
}

// subscription is the subscription in an id, in the form it is keyed by.
func subscription(id model.ResourceID) model.SubscriptionID {
	return model.SubscriptionID(model.Fold(id.Subscription))
}
