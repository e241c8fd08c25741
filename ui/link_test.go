package ui

import (
	"testing"

	"github.com/amltop/amltop/model"
	"github.com/amltop/amltop/ui/pane"
)

// Links go to the hosts of the cloud, and to the portal where the cloud's
// studio is not known.
func TestLinks(t *testing.T) {
	const ws = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"
	public := model.Origin{Portal: "https://portal.azure.com", Studio: "https://ml.azure.com", Tenant: "t"}
	gov := model.Origin{Portal: "https://portal.azure.us", Studio: "https://ml.azure.us"}
	china := model.Origin{Portal: "https://portal.azure.cn"}
	instance := pane.Selection{Name: "ana", ARMID: ws + "/computes/ana", Row: &model.Instance{}}
	online := pane.Selection{Name: "fraud", ARMID: ws + "/onlineEndpoints/fraud", Row: &model.Endpoint{Kind: model.OnlineEndpoint}}
	batch := pane.Selection{Name: "night", ARMID: ws + "/batchEndpoints/night", Row: &model.Endpoint{Kind: model.BatchEndpoint}}
	for _, tt := range []struct {
		o    model.Origin
		sel  pane.Selection
		want string
	}{
		{public, instance, "https://ml.azure.com/compute/ana/details?wsid=" + ws + "&tid=t"},
		{gov, online, "https://ml.azure.us/endpoints/realtime/fraud/detail?wsid=" + ws},
		{public, batch, "https://ml.azure.com/endpoints/batch/night/detail?wsid=" + ws + "&tid=t"},
		{china, instance, "https://portal.azure.cn/#resource" + ws + "/computes/ana"},
		{public, pane.Selection{ARMID: ws, Row: &model.Workspace{}}, "https://portal.azure.com/#resource" + ws},
		{public, pane.Selection{ARMID: ws + "/jobs/j", Row: &model.Job{StudioURL: "https://ml.azure.com/runs/j"}}, "https://ml.azure.com/runs/j"},
	} {
		if got := linkTo(tt.o, tt.sel); got != tt.want {
			t.Errorf("%s, want %s", got, tt.want)
		}
	}
}
