package arm

import (
	"net/http"
	"slices"
)

// routes is the whole API, in no particular order: no two routes match the
// same request.
func routes() []route {
	get, post := http.MethodGet, http.MethodPost
	computes := inWorkspace + "/computes"
	compute := computes + "/{compute}"
	environments := inWorkspace + "/environments"
	versions := environments + "/{environment}/versions"
	environment := versions + "/{version}"
	job := inWorkspace + "/jobs/{job}"
	return slices.Concat([]route{
		route{name: "subscriptions.list", method: get, serve: listSubscriptions}.at("/subscriptions"),
		route{name: "subscriptions.get", method: get, serve: getSubscription}.at(inSubscription),
		route{name: "workspaces.listAll", method: get, action: "workspaces/read", serve: listWorkspaces}.at(inProvider + "/workspaces"),
		route{name: "workspaces.list", method: get, action: "workspaces/read", serve: listGroupWorkspaces}.at(inGroup + "/workspaces"),
		route{name: "workspaces.get", method: get, action: "workspaces/read", serve: getWorkspace}.at(inWorkspace),

		route{name: "computes.list", method: get, action: "workspaces/computes/read", serve: listComputes}.at(computes),
		route{name: "computes.get", method: get, action: "workspaces/computes/read", serve: getCompute}.at(compute),
		route{name: "computes.put", method: http.MethodPut, action: "workspaces/computes/write", serve: putCompute}.at(compute),
		route{name: "computes.patch", method: http.MethodPatch, action: "workspaces/computes/write", serve: patchCompute}.at(compute),
		route{name: "computes.delete", method: http.MethodDelete, action: "workspaces/computes/delete", serve: deleteCompute}.at(compute),
		route{name: "computes.start", method: post, action: "workspaces/computes/start/action", serve: startCompute}.at(compute + "/start"),
		route{name: "computes.stop", method: post, action: "workspaces/computes/stop/action", serve: stopCompute}.at(compute + "/stop"),
		route{name: "computes.restart", method: post, action: "workspaces/computes/restart/action", serve: restartCompute}.at(compute + "/restart"),
		route{name: "computes.listNodes", method: post, action: "workspaces/computes/listNodes/action", serve: listNodes}.at(compute + "/listNodes"),
		route{name: "computes.updateIdleShutdownSetting", method: post, action: "workspaces/computes/updateIdleShutdownSetting/action", serve: setIdleShutdown}.at(compute + "/updateIdleShutdownSetting"),
		route{name: "computes.updateSchedules", method: post, action: "workspaces/computes/updateSchedules/action", serve: updateSchedules}.at(compute + "/updateSchedules"),

		route{name: "jobs.list", method: get, action: "workspaces/jobs/read", serve: listJobs}.at(inWorkspace + "/jobs"),
		route{name: "jobs.get", method: get, action: "workspaces/jobs/read", serve: getJob}.at(job),
		route{name: "jobs.cancel", method: post, action: "workspaces/jobs/cancel/action", serve: cancelJob}.at(job + "/cancel"),

		route{name: "environments.list", method: get, action: "workspaces/environments/read", serve: listEnvironments}.at(environments),
		route{name: "environments.listVersions", method: get, action: "workspaces/environments/versions/read", serve: listEnvironmentVersions}.at(versions),
		route{name: "environments.get", method: get, action: "workspaces/environments/versions/read", serve: getEnvironment}.at(environment),
		route{name: "environments.put", method: http.MethodPut, action: "workspaces/environments/versions/write", serve: putEnvironment}.at(environment),

		route{name: "groups.exists", method: http.MethodHead, action: "Microsoft.Resources/subscriptions/resourceGroups/read",
			oldest: oldestARMVersion, serve: groupExists}.at(inSubscription + "/resourceGroups/{group}"),

		route{name: "sizes.list", method: get, action: "locations/vmsizes/read", serve: listSizes}.at(inLocation + "/vmSizes"),
		route{name: "usages.list", method: get, action: "locations/usages/read", serve: listUsages}.at(inLocation + "/usages"),
		route{name: "quotas.list", method: get, action: "locations/quotas/read", serve: listQuotas}.at(inLocation + "/quotas"),

		route{name: "operations.compute", method: get, action: "locations/computeOperationsStatus/read", serve: computeStatus}.at(inLocation + "/computeOperationsStatus/{operation}"),
		route{name: "operations.mfe", method: get, action: "locations/mfeOperationsStatus/read", serve: mfeStatus}.at(inLocation + "/mfeOperationsStatus/{operation}"),
		route{name: "operations.mfeResult", method: get, action: "locations/mfeOperationResults/read", serve: mfeResult}.at(inLocation + "/mfeOperationResults/{operation}"),
	}, endpointRoutes("onlineEndpoints", "online", false), endpointRoutes("batchEndpoints", "batch", true), onlineRoutes(), graphRoutes(), activityRoutes(), costRoutes(), directoryRoutes(), secretRoutes(), emptyRoutes(), retailRoutes(), metricRoutes())
}

// endpointRoutes are the operations that online and batch endpoints share.
func endpointRoutes(segment, name string, batch bool) []route {
	endpoints := inWorkspace + "/" + segment
	endpoint := endpoints + "/{endpoint}"
	deployments := endpoint + "/deployments"
	deployment := deployments + "/{deployment}"
	on := func(verb, method, path, what string, serve func(*call, bool) error) route {
		action := "workspaces/" + segment + what
		return route{name: name + verb, method: method, action: action, serve: func(c *call) error { return serve(c, batch) }}.at(path)
	}
	get, put, patch, remove := http.MethodGet, http.MethodPut, http.MethodPatch, http.MethodDelete
	return []route{
		on("Endpoints.list", get, endpoints, "/read", listEndpoints),
		on("Endpoints.get", get, endpoint, "/read", getEndpoint),
		on("Endpoints.put", put, endpoint, "/write", putEndpoint),
		on("Endpoints.patch", patch, endpoint, "/write", patchEndpoint),
		on("Endpoints.delete", remove, endpoint, "/delete", deleteEndpoint),
		on("Endpoints.listKeys", http.MethodPost, endpoint+"/listKeys", "/listKeys/action", listEndpointKeys),
		on("Deployments.list", get, deployments, "/deployments/read", listDeployments),
		on("Deployments.get", get, deployment, "/deployments/read", getDeployment),
		on("Deployments.put", put, deployment, "/deployments/write", putDeployment),
		on("Deployments.patch", patch, deployment, "/deployments/write", patchDeployment),
		on("Deployments.delete", remove, deployment, "/deployments/delete", deleteDeployment),
	}
}

// onlineRoutes are the operations that only online deployments have.
func onlineRoutes() []route {
	const deployment = inWorkspace + "/onlineEndpoints/{endpoint}/deployments/{deployment}"
	const action = "workspaces/onlineEndpoints/deployments"
	return []route{
		route{name: "onlineDeployments.skus", method: http.MethodGet, action: action + "/skus/read", serve: listSKUs}.at(deployment + "/skus"),
		route{name: "onlineDeployments.getLogs", method: http.MethodPost, action: action + "/getLogs/action", serve: getLogs}.at(deployment + "/getLogs"),
	}
}
