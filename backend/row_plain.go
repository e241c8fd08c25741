package backend

import "github.com/amltop/amltop/model"

// Kinds of rows that are shown as the service lists them.

func nothingToJoin[R any](_, _ *R) {}

func subscriptionKind() rowKind[model.Subscription] {
	return rowKind[model.Subscription]{
		id:   func(r *model.Subscription) string { return string(r.ID) },
		name: func(r *model.Subscription) string { return r.Name },
		join: nothingToJoin[model.Subscription],
	}
}

func workspaceKind() rowKind[model.Workspace] {
	return rowKind[model.Workspace]{
		id:   func(r *model.Workspace) string { return string(r.ID) },
		name: func(r *model.Workspace) string { return r.Name },
		join: nothingToJoin[model.Workspace],
	}
}

func endpointKind(ws model.WorkspaceID) rowKind[model.Endpoint] {
	return rowKind[model.Endpoint]{
		id:   func(r *model.Endpoint) string { return string(r.ID) },
		name: func(r *model.Endpoint) string { return r.Name },
		join: func(r, _ *model.Endpoint) { r.Workspace = ws },
	}
}

// jobKind is how jobs are merged.
func jobKind(ws model.WorkspaceID) rowKind[model.Job] {
	return rowKind[model.Job]{
		id:   func(r *model.Job) string { return string(r.ID) },
		name: func(r *model.Job) string { return r.Name },
		join: func(r, _ *model.Job) {
			r.Workspace = ws
			placeJob(ws, r)
		},
		share: func(r *model.Job) {
			shared(&r.Type)
			shared(&r.Status)
			shared(&r.Experiment)
			shared(&r.Compute)
			shared(&r.ComputeName)
			shared(&r.Owner)
		},
	}
}

func quotaKind() rowKind[model.Quota] {
	return rowKind[model.Quota]{
		id:   func(r *model.Quota) string { return r.ID },
		name: func(r *model.Quota) string { return r.Name },
		join: nothingToJoin[model.Quota],
	}
}

func sizeKind() rowKind[model.Size] {
	return rowKind[model.Size]{
		id:   func(r *model.Size) string { return r.Name.Key() },
		name: func(r *model.Size) string { return r.Name.Key() },
		join: nothingToJoin[model.Size],
	}
}
