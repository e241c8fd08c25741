#!/bin/sh
# Drives the emulator with az rest: rest.sh [URL]
# az turns an error answer into a message and an exit code; both are checked.
set -u
url=${1:-http://127.0.0.1:7070}
version=api-version=2024-04-01
passed=0 failed=0
out=$(mktemp) err=$(mktemp)
trap 'rm -f "$out" "$err"' EXIT
AZURE_CORE_COLLECT_TELEMETRY=false AZURE_CORE_NO_COLOR=true
export AZURE_CORE_COLLECT_TELEMETRY AZURE_CORE_NO_COLOR

# rest METHOD PATH [ARGUMENT…]
rest() {
	method=$1 path=$2
	shift 2
	case $path in http://*) ;; *) path=$url$path ;; esac
	az rest --skip-authorization-header --method "$method" --url "$path" "$@" >"$out" 2>"$err"
}
ok() { passed=$((passed + 1)); echo "ok    $1"; }
bad() { failed=$((failed + 1)); echo "FAIL  $1"; head -c 600 "$err" "$out"; echo; }

# want NAME PYTHON METHOD PATH [ARGUMENT…]: the answer is JSON, and the expression over it, d, holds.
want() {
	name=$1 holds=$2
	shift 2
	if rest "$@" && python3 -c "import json,sys; d=json.load(open(sys.argv[1])); assert $holds, d" "$out" 2>>"$err"; then ok "$name"; else bad "$name"; fi
}
# accepted NAME METHOD PATH [ARGUMENT…]: answered without a body, or with one that does not matter.
accepted() {
	name=$1
	shift
	if rest "$@"; then ok "$name"; else bad "$name"; fi
}
# refused NAME TEXT METHOD PATH [ARGUMENT…]: az fails and says so.
refused() {
	name=$1 text=$2
	shift 2
	if rest "$@"; then bad "$name"; elif grep -q "$text" "$err"; then ok "$name"; else bad "$name"; fi
}
# field PYTHON: an expression over the last answer.
field() { python3 -c "import json,sys; d=json.load(open(sys.argv[1])); print($1)" "$out"; }
# until NAME PYTHON PATH: GETs until the expression holds.
until_holds() {
	tries=0
	while [ $tries -lt 60 ]; do
		rest get "$3" && [ "$(field "$2")" = True ] && { ok "$1"; return; }
		tries=$((tries + 1))
	done
	bad "$1"
}
# operation: the URL that the last request, sent with --debug, was told to poll.
operation() { sed -n "s/^.*'\{0,1\}azure-asyncoperation'\{0,1\}: '\{0,1\}\(http[^' ]*\).*$/\1/Ip" "$err" | head -1; }

want "subscriptions" "len(d['value']) > 0" get "/subscriptions?api-version=2022-12-01"
sub=/subscriptions/$(field "d['value'][0]['subscriptionId']")
want "one subscription" "d['state'] == 'Enabled'" get "$sub?api-version=2022-12-01"
want "workspaces" "all(w['type'] == 'Microsoft.MachineLearningServices/workspaces' for w in d['value'])" get "$sub/providers/Microsoft.MachineLearningServices/workspaces?$version"
ws=$(field "d['value'][0]['id']") place=$(field "d['value'][0]['location']")
here=$sub/providers/Microsoft.MachineLearningServices/locations/$place
want "one workspace" "d['properties']['provisioningState'] == 'Succeeded'" get "$ws?$version"
want "in capitals" "d['id'].lower() == '$ws'.lower()" get "$(echo "$ws" | tr a-z A-Z)?$version"
want "computes" "all('computeType' in c['properties'] for c in d['value'])" get "$ws/computes?$version"
want "a page of jobs and its nextLink" "len(d['value']) == 1 and d['nextLink'].startswith('$url/')" get "$ws/jobs?$version&\$top=1"
next=$(field "d['nextLink']")
want "the next page" "len(d['value']) == 1" get "$next"
want "vmSizes" "len(d['value']) > 100" get "$here/vmSizes?$version"
want "usages" "any(u['name']['value'] == 'TotalDedicatedCores' for u in d['value'])" get "$here/usages?$version"
want "quotas" "len(d['value']) > 0" get "$here/quotas?$version"
want "online endpoints" "'value' in d" get "$ws/onlineEndpoints?$version"
want "batch endpoints" "'value' in d" get "$ws/batchEndpoints?$version"
want "Resource Graph" "d['count'] == len(d['data'])" post "/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01" --body "{\"query\":\"resources | where type =~ 'microsoft.machinelearningservices/workspaces' | project id, name\"}"
refused "Resource Graph, nonsense" InvalidQuery post "/providers/Microsoft.ResourceGraph/resources?api-version=2021-03-01" --body '{"query":"resources || where"}'

n=az-$(date +%s | tail -c 7)x
ci=$ws/computes/$n
body="{\"location\":\"$place\",\"properties\":{\"computeType\":\"ComputeInstance\",\"properties\":{\"vmSize\":\"STANDARD_DS3_V2\"}}}"
want "create an instance" "d['properties']['provisioningState'] == 'Creating' and d['tags'] is None" put "$ci?$version" --body "$body"
until_holds "it runs" "d['properties']['properties']['state'] == 'Running'" "$ci?$version"
accepted "stop" post "$ci/stop?$version" --debug
op=$(operation)
refused "stop while it stops" Conflict post "$ci/stop?$version"
until_holds "the operation succeeds" "d['status'] == 'Succeeded' and d['percentComplete'] == 100.0" "$op"
want "stopped" "d['properties']['properties']['state'] == 'Stopped'" get "$ci?$version"
accepted "start" post "$ci/start?$version"
until_holds "it runs again" "d['properties']['properties']['state'] == 'Running'" "$ci?$version"
accepted "start what runs" post "$ci/start?$version" --debug
until_holds "the operation fails inside a 200" "d['status'] == 'Failed' and d['error']['code'] == 'StartComputeInstanceOnlyAllowedInStoppedState'" "$(operation)"
accepted "restart" post "$ci/restart?$version" --debug
op=$(operation)
until_holds "restarted" "d['status'] == 'Succeeded'" "$op"
refused "an operation of another region" NotFound get "$(echo "$op" | sed "s/$place/westeurope/")"
refused "delete or detach" underlyingResourceAction delete "$ci?$version"
accepted "delete" delete "$ci?$version&underlyingResourceAction=Delete" --debug
until_holds "deleted" "d['status'] == 'Succeeded'" "$(operation)"
accepted "delete again, 204" delete "$ci?$version&underlyingResourceAction=Delete"

e=$ws/onlineEndpoints/$n-e
want "create an endpoint" "d['properties']['provisioningState'] == 'Creating'" put "$e?$version" --body "{\"location\":\"$place\",\"properties\":{\"authMode\":\"Key\"}}"
until_holds "it is there" "d['properties']['provisioningState'] == 'Succeeded'" "$e?$version"
want "create a deployment" "d['sku']['capacity'] == 1" put "$e/deployments/blue?$version" --body "{\"location\":\"$place\",\"sku\":{\"name\":\"Default\",\"capacity\":1},\"properties\":{\"endpointComputeType\":\"Managed\",\"instanceType\":\"Standard_DS2_v2\",\"model\":\"azureml:m:1\"}}"
until_holds "it serves" "d['properties']['provisioningState'] == 'Succeeded'" "$e/deployments/blue?$version"
want "logs" "len(d['content'].split('\n')) <= 3" post "$e/deployments/blue/getLogs?$version" --body '{"tail":3}'
accepted "scale" patch "$e/deployments/blue?$version" --body '{"sku":{"capacity":2}}'
until_holds "scaled" "d['sku']['capacity'] == 2 and d['properties']['provisioningState'] == 'Succeeded'" "$e/deployments/blue?$version"
accepted "delete the deployment" delete "$e/deployments/blue?$version"
until_holds "no deployment is left" "d['value'] == []" "$e/deployments?$version"
accepted "delete the endpoint" delete "$e?$version"

refused "404: nobody" ResourceNotFound get "$ws/computes/nobody?$version"
refused "404: no such workspace" ParentResourceNotFound get "${ws}x/computes?$version"
refused "404: no such type" InvalidResourceType get "$ws/castles?$version"
refused "405" MethodNotAllowed put "$ws/computes?$version" --body '{}'
refused "400: no version" MissingApiVersionParameter get "$ws"
refused "400: an old version" NoRegisteredProviderFound get "$ws?api-version=2018-11-19"
refused "415: az says nothing of a body that is no JSON" "'<null>'" put "$ws/computes/az-fresh?$version" --body '{"location":'
refused "400: no JSON" InvalidRequestContent put "$ws/computes/az-fresh?$version" --body '{"location":' --headers Content-Type=application/json
refused "415" UnsupportedMediaType put "$ws/computes/az-fresh?$version" --body '{}' --headers Content-Type=text/plain

echo "$passed passed, $failed failed"
[ $failed = 0 ]
