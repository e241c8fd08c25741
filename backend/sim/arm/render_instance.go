package arm

import (
	"strconv"
	"strings"

	"github.com/amltop/amltop/backend/sim"
)

// imageVersion is the version of the VM image that every instance runs.
const imageVersion = "25.10.21"

// instanceBody writes a compute instance.
func (w *writer) instanceBody(key string, i *sim.Instance, s stage) {
	w.envelope(key, &i.Base, "ComputeInstance", "", false, i.Identity, s)
	w.object("properties")
	w.str("vmSize", strings.ToUpper(i.VMSize))
	w.nulls("imageVersion", "subnet")
	told := s != creating
	if told {
		w.sshSettings(i)
	} else {
		w.null("sshSettings")
	}
	w.null("autologgerSettings")
	if told {
		w.reach(i, s)
		w.str("state", i.State)
		w.lastOperation(&i.Last)
	} else {
		w.nulls("errors", "connectivityEndpoints", "applications", "state", "lastOperation")
	}
	w.createdBy(i)
	w.str("applicationSharingPolicy", "Personal")
	w.str("computeInstanceAuthorizationType", "personal")
	w.nulls("personalComputeInstanceSettings", "setupScripts")
	if told {
		w.schedules(i.Schedules)
	}
	w.bool("enableNodePublicIp", true)
	w.bool("enableBatchPrivateLink", false)
	w.bool("enableOSPatching", false)
	w.bool("releaseQuotaOnStop", false)
	w.bool("enableSSO", true)
	if i.IdleShutdown > 0 {
		w.str("idleTimeBeforeShutdown", isoDuration(i.IdleShutdown))
	}
	w.nulls("dataMounts", "dataDisks", "containers", "updateStatus")
	switch s {
	case settled:
		w.software(i)
	case midway:
		w.raw("versions", `{"runtime":null}`)
		w.raw("customServices", "[]")
		w.null("osImageMetadata")
	default:
		w.nulls("versions", "customServices", "osImageMetadata")
	}
	w.endObject()
	w.endEnvelope()
}

func (w *writer) sshSettings(i *sim.Instance) {
	w.object("sshSettings")
	if i.SSH {
		w.str("sshPublicAccess", "Enabled")
	} else {
		w.str("sshPublicAccess", "Disabled")
	}
	w.str("adminUserName", "azureuser")
	w.int("sshPort", 50000)
	w.null("adminPublicKey")
	w.endObject()
}

// reach writes errors, addresses and web applications. A stopped instance has
// no public address, one that is being created has none at all.
func (w *writer) reach(i *sim.Instance, s stage) {
	if len(i.Errors) == 0 {
		w.raw("errors", "[]")
	} else {
		w.faults("errors", i.Errors)
	}
	if s == midway {
		w.raw("connectivityEndpoints", `{"publicIpAddress":null,"privateIpAddress":null}`)
		w.raw("applications", "[]")
		return
	}
	name := i.Workspace.GUID + i.Name
	w.object("connectivityEndpoints")
	switch i.State {
	case "Stopped", "Creating", "CreateFailed", "Deleting":
		w.null("publicIpAddress")
	default:
		w.str("publicIpAddress", addressOf(20, name))
	}
	w.str("privateIpAddress", addressOf(10, name))
	w.endObject()
	host := "https://" + i.Name + "." + i.Location + ".instances.azureml.ms/"
	w.array("applications")
	w.application("Jupyter", host+"tree/")
	w.application("Jupyter Lab", host+"lab")
	for _, app := range i.CustomApps {
		w.application(app, "https://"+i.Name+"-"+strings.ToLower(app)+"."+i.Location+".instances.azureml.ms/")
	}
	w.endArray()
}

func (w *writer) application(name, url string) {
	w.object("")
	w.str("displayName", name)
	w.str("endpointUri", url)
	w.endObject()
}

func (w *writer) lastOperation(l *sim.LastOperation) {
	if l.Name == "" {
		w.null("lastOperation")
		return
	}
	w.object("lastOperation")
	w.str("operationName", l.Name)
	w.millis("operationTime", l.Time)
	w.str("operationStatus", l.Status)
	w.str("operationTrigger", l.Trigger)
	w.endObject()
}

// createdBy writes who made the instance. The service leaves the name out for
// some.
func (w *writer) createdBy(i *sim.Instance) {
	w.object("createdBy")
	if !i.NamelessOwner {
		w.str("userName", i.OwnerName)
	}
	w.str("userOrgId", i.Workspace.Subscription.Tenant)
	w.str("userId", i.OwnerID)
	w.endObject()
}

// software writes versions, custom services and the image.
func (w *writer) software(i *sim.Instance) {
	w.raw("versions", `{"runtime":"3.0.03018.0002"}`)
	w.array("customServices")
	for n, app := range i.CustomApps {
		w.object("")
		w.str("name", app)
		w.object("image")
		w.str("type", "docker")
		w.str("reference", "ghcr.io/simulated/"+strings.ToLower(app)+":latest")
		w.endObject()
		w.raw("environmentVariables", "{}")
		w.raw("docker", `{"privileged":true}`)
		w.raw("endpoints", `[{"protocol":"tcp","name":"http","target":8787,"published":`+
			strconv.Itoa(8787+n)+`,"hostIp":null}]`)
		w.raw("volumes", "[]")
		w.endObject()
	}
	w.endArray()
	w.object("osImageMetadata")
	w.str("currentImageVersion", imageVersion)
	w.str("latestImageVersion", imageVersion)
	w.bool("isLatestOsImageVersion", true)
	w.null("osPatchingStatus")
	w.endObject()
}

// nodes writes nodes of a cluster.
func (w *writer) nodes(nodes []*sim.Node) {
	w.array("nodes")
	for _, n := range nodes {
		w.object("")
		w.str("nodeId", n.ID)
		w.str("nodeState", n.State)
		w.int("port", n.Port)
		w.strOrNull("privateIpAddress", n.PrivateIP)
		w.strOrNull("publicIpAddress", n.PublicIP)
		if n.Job != nil && n.State == "running" {
			w.str("runId", n.Job.Name)
		}
		w.endObject()
	}
	w.endArray()
}
