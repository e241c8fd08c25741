package azure

import (
	"bytes"
	"context"
	"fmt"
	"hash/maphash"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"github.com/amltop/amltop/backend"
	"github.com/amltop/amltop/model"
)

// maxPages ends a list whose pages do not.
const maxPages = 10_000

// collect reads all pages of a list through the SDK's pager. Rows are decoded
// as W.
func collect[W row, R any](ctx context.Context, doing string, pager *runtime.Pager[R]) ([]W, error) {
	l := newListing[W](seedless, nil)
	if err := l.read(ctx, doing, 0, pages(pager)); err != nil {
		return nil, err
	}
	return l.list, nil
}

// listChanged is collect for a list of which the caller may hold an answer: if
// it still is that one, nothing of it is decoded and no rows come back. It ends
// once atLeast rows are there; 0 means all.
func listChanged[W row](ctx context.Context, c *Client, doing, key string, held backend.Version, atLeast int, more pageReader) (rows []W, version backend.Version, err error) {
	l := newListing[W](c.lists.seed, c.lists.recall(key, held))
	if err := l.read(ctx, doing, atLeast, more); err != nil {
		return nil, 0, err
	}
	l.release()
	marks, unchanged := l.end()
	if !unchanged {
		c.lists.keep(key, marks)
	}
	return l.list, marks.version, nil
}

// seedless is the seed of comparisons with nothing.
var seedless = maphash.MakeSeed()

// listing is a list as it is read, beside the answer of before. Its rows are
// those read, from the first page on that differs.
type listing[W row] struct {
	*comparison
	rows[W]
}

func newListing[W row](seed maphash.Seed, was *listMarks) *listing[W] {
	return &listing[W]{comparison: newComparison(seed, was)}
}

// take takes a page in, and says where the next one is and whether the body is
// put aside.
func (l *listing[W]) take(body *bytes.Buffer) (next string, aside bool, err error) {
	next, read, known := l.comparison.page(body)
	if known {
		return next, true, nil
	}
	for _, body := range read {
		before := len(l.list)
		if next, err = l.rows.page(body.Bytes()); err != nil {
			return "", false, err
		}
		l.led(next, len(l.list)-before)
	}
	for _, body := range read[:len(read)-1] {
		spare(body)
	}
	return next, false, nil
}

// all are the rows, also of an answer that is the one of before.
func (l *listing[W]) all() ([]W, error) {
	for _, body := range l.kept {
		if _, err := l.rows.page(body.Bytes()); err != nil {
			return nil, err
		}
	}
	l.release()
	return l.list, nil
}

// read goes through a list's pages, until atLeast rows are there.
func (l *listing[W]) read(ctx context.Context, doing string, atLeast int, next pageReader) error {
	seen := map[string]bool{}
	got := &capture{}
	got.decode = func(body *bytes.Buffer) (string, bool, error) {
		next, aside, err := l.take(body)
		if err != nil {
			return "", aside, err
		}
		if seen[next] {
			return "", aside, errLoop
		}
		seen[next] = next != ""
		return next, aside, nil
	}
	ctx = withCapture(ctx, got)
	for n := 0; atLeast <= 0 || l.count() < atLeast; n++ {
		if n == maxPages {
			return &model.Refusal{Message: fmt.Sprintf("%s: gave up after %d pages", doing, maxPages)}
		}
		got.size = l.size()
		more, err := next(ctx)
		if err != nil {
			return refuse(doing, err)
		}
		if !more {
			return nil
		}
	}
	return nil
}

// pageReader asks for the next page of a list, and says whether there was one.
type pageReader func(context.Context) (bool, error)

// pages reads through the SDK's pager.
func pages[R any](pager *runtime.Pager[R]) pageReader {
	return func(ctx context.Context) (bool, error) {
		if !pager.More() {
			return false, nil
		}
		_, err := pager.NextPage(ctx)
		return err == nil, err
	}
}

// single reads a list that comes in one answer.
func single(ask func(context.Context) error) pageReader {
	asked := false
	return func(ctx context.Context) (bool, error) {
		if asked {
			return false, nil
		}
		asked = true
		err := ask(ctx)
		return err == nil, err
	}
}

// read makes one call of the SDK and decodes its answer as W.
func read[W any, P interface {
	*W
	row
}](ctx context.Context, doing string, call func(context.Context) error) (*W, error) {
	var w W
	got := &capture{decode: func(body *bytes.Buffer) (string, bool, error) {
		return "", false, decodeOne(body.Bytes(), P(&w))
	}}
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
