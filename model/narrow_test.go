package model

import "testing"

func TestMatchName(t *testing.T) {
	const id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/Vision"
	for pattern, want := range map[string]bool{
		"vision": true, "VISION": true, " vision ": true, "vis*": true, "?ision": true, "*": true,
		id: true, "/subscriptions/s/resourcegroups/RG/*/*/*/v*": true,
		"": false, "visio": false, "nlp": false, "[": false, "/subscriptions/s": false,
	} {
		if got := MatchName(pattern, id, "Vision"); got != want {
			t.Errorf("%q matches: %t, want %t", pattern, got, want)
		}
	}
	if CheckPattern("prod-[") == nil || CheckPattern("prod-*") != nil {
		t.Error("patterns are judged wrongly")
	}
}

func TestBudgetLow(t *testing.T) {
	half, low, unknown := Budget{Remaining: 125, Limit: 250}, Budget{Remaining: 1, Limit: 15}, Budget{}
	if !low.Low(half) || half.Low(low) || unknown.Low(low) || !low.Low(unknown) || unknown.Low(unknown) {
		t.Error("allowances are compared wrongly")
	}
}
