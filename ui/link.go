package ui

import (
	"net/url"
	"strings"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
)

// linkTo is the address of a row's page: in the cloud's studio where that has
// one, else in its portal.
func linkTo(o model.Origin, sel pane.Selection) string {
	if job, ok := sel.Row.(*model.Job); ok && job.StudioURL != "" {
		return job.StudioURL
	}
	page := ""
	switch row := sel.Row.(type) {
	case *model.Cluster, *model.Instance:
		page = "/compute/" + url.PathEscape(sel.Name) + "/details"
	case *model.Endpoint:
		page = "/endpoints/realtime/" + url.PathEscape(sel.Name) + "/detail"
		if row.Kind == model.BatchEndpoint {
			page = "/endpoints/batch/" + url.PathEscape(sel.Name) + "/detail"
		}
	}
	workspace := parentOf(sel.ARMID)
	if page == "" || o.Studio == "" || workspace == "" {
		return o.Portal + "/#resource" + sel.ARMID
	}
	link := o.Studio + page + "?wsid=" + workspace
	if o.Tenant != "" {
		link += "&tid=" + url.QueryEscape(o.Tenant)
	}
	return link
}

// parentOf is the ARM id of what a resource is in: without its own type and
// name. "" if it has none.
func parentOf(armID string) string {
	for range 2 {
		i := strings.LastIndexByte(armID, '/')
		if i <= 0 {
			return ""
		}
		armID = armID[:i]
	}
	return armID
}
