package azure

import (
	"context"
	"fmt"
	"net/url"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"github.com/amltop/amltop/model"
)

// maxPages ends a list whose pages do not.
const maxPages = 10_000

// collect reads all pages of a list through the SDK's pager, or until atLeast
// rows are there; 0 means all. Rows are decoded as W.
func collect[W row, R any](ctx context.Context, doing string, pager *runtime.Pager[R], atLeast int) ([]W, error) {
	all := newRows[W]()
	err := pages(ctx, doing, pager, func() int { return 0 }, func() bool { return atLeast <= 0 || len(all.list) < atLeast }, all.page)
	if err != nil {
		return nil, err
	}
	return all.list, nil
}

// collectChanged is collect for a list of which an answer may be known: if it
// still is that one, nothing of it is decoded and unchanged is true.
func collectChanged[W row, R any](ctx context.Context, doing string, pager *runtime.Pager[R], c *comparison) (list []W, unchanged bool, marks *listMarks, err error) {
	all := newRows[W]()
	err = pages(ctx, doing, pager, c.size, func() bool { return true }, func(body []byte) (string, error) {
		next, read, known := c.page(body)
		if known {
			return next, nil
		}
		for _, body := range read {
			var err error
			if next, err = all.page(body); err != nil {
				return "", err
			}
		}
		c.led(next)
		return next, nil
	})
	if err != nil {
		return nil, false, nil, err
	}
	marks, unchanged = c.end()
	return all.list, unchanged, marks, nil
}

// pages goes through a list's pages while more says so. size is about how long
// the next will be; take is given each body, and says where the next one is.
func pages[R any](ctx context.Context, doing string, pager *runtime.Pager[R], size func() int, more func() bool, take func(body []byte) (next string, err error)) error {
	seen := map[string]bool{}
	got := &capture{}
	got.decode = func(body []byte) (string, error) {
		next, err := take(body)
		if err != nil {
			return "", err
		}
		if u, err := url.Parse(next); next != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "") {
			return "", errNoLink
		}
		if seen[next] {
			return "", errLoop
		}
		seen[next] = next != ""
		return next, nil
	}
	ctx = withCapture(ctx, got)
	for n := 0; pager.More() && more(); n++ {
		if n == maxPages {
			return &model.Refusal{Message: fmt.Sprintf("%s: gave up after %d pages", doing, maxPages)}
		}
		got.size = size()
		if _, err := pager.NextPage(ctx); err != nil {
			return refuse(doing, err)
		}
	}
	return nil
}

// read makes one call of the SDK and decodes its answer as W.
func read[W any, P interface {
	*W
	row
}](ctx context.Context, doing string, call func(context.Context) error) (*W, error) {
	var w W
	got := &capture{decode: func(body []byte) (string, error) { return "", decodeOne(body, P(&w)) }}
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
