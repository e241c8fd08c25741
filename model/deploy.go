package model

// DeployCommand is the command that brings a deployment up in a workspace. It
// fills in what follows from the workspace: the region, the id of the
// deployment to be, and whether its endpoint has to be created first.
func DeployCommand(s *Snapshot, ws *Workspace, spec DeploymentSpec) Command {
	collection := "onlineEndpoints"
	kind := OnlineEndpoint
	if spec.Kind == TargetBatch {
		collection, kind = "batchEndpoints", BatchEndpoint
	}
	if spec.Location == "" {
		spec.Location = ws.Location
	}
	spec.NewEndpoint = true
	for _, e := range s.Endpoints {
		if e.Workspace == ws.ID && e.Kind == kind && Fold(e.Name) == Fold(spec.Endpoint) {
			spec.NewEndpoint = false
		}
	}
	if spec.NewEndpoint && spec.AuthMode == "" {
		spec.AuthMode = "Key"
		if spec.Kind == TargetBatch {
			spec.AuthMode = "AADToken"
		}
	}
	id := ws.ARMID + "/" + collection + "/" + spec.Endpoint + "/deployments/" + spec.Name
	return Command{
		Verb: VerbDeploy, Target: Fold(id), ARMID: id, Name: spec.Endpoint + "/" + spec.Name,
		Workspace: ws.ID, Deploy: &spec,
	}
}
