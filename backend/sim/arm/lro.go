package arm

import (
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/amltop/amltop/backend/sim"
)

// How operations of different parts of the service are announced:
//
//	compute, any verb       Azure-AsyncOperation only
//	endpoint, deployment
//	  PUT                   Azure-AsyncOperation, and Location is the resource
//	  PATCH                 Location only: mfeOperationResults
//	  DELETE                both
//
// Every poll is answered 200, running or done; only mfeOperationResults says
// 202 while running.

// The last segment but one of an operation's URL.
const (
	computeOperations = "computeOperationsStatus"
	mfeOperations     = "mfeOperationsStatus"
	mfeResults        = "mfeOperationResults"
)

// statusOf are the words for an operation as polling shows it.
const (
	running   = "InProgress"
	succeeded = "Succeeded"
	failed    = "Failed"
)

// computeAccepted announces an operation on a compute. A nil operation was over
// at once and is not announced.
func (c *call) computeAccepted(op *sim.Operation, status int) {
	c.status, c.op = status, op
	if op != nil {
		c.header.Set("Azure-AsyncOperation", c.signed(c.operationURL(op, computeOperations)))
	}
}

// mfePut announces the creation of an endpoint or a deployment.
func (c *call) mfePut(op *sim.Operation, id string) {
	c.status, c.op = http.StatusCreated, op
	c.header.Set("Location", c.base()+id+"?api-version="+c.version())
	if op == nil {
		c.status = http.StatusOK
		return
	}
	c.header.Set("Azure-AsyncOperation", c.signed(c.operationURL(op, mfeOperations)))
	c.header.Set("x-ms-async-operation-timeout", "PT30M")
}

// mfePatch announces a change of an endpoint or a deployment.
func (c *call) mfePatch(op *sim.Operation) {
	c.status, c.op = http.StatusAccepted, op
	c.header.Set("Location", c.signed(c.operationURL(op, mfeResults)))
	c.header.Set("x-ms-async-operation-timeout", "PT30M")
}

// mfeDelete announces the deletion of an endpoint or a deployment.
func (c *call) mfeDelete(op *sim.Operation) {
	c.mfePatch(op)
	c.header.Set("Azure-AsyncOperation", c.signed(c.operationURL(op, mfeOperations)))
}

// operationURL is where an operation is polled, without a signature. It hangs
// off the subscription and the region, not off the workspace.
func (c *call) operationURL(op *sim.Operation, service string) string {
	version := c.version()
	if c.route.oldest != "" { // another provider's, which an operation does not know
		version = usualVersion
	}
	return c.base() + "/subscriptions/" + op.Sub.ID + "/providers/" + namespace + "/locations/" + op.Region +
		"/" + service + "/" + op.ID + "?api-version=" + version
}

// signed adds what the real service adds: three thousand characters that say
// who asked and when. These say nothing and open nothing.
func (c *call) signed(url string) string {
	const filler = "simulated signature of amltop, good for nothing. "
	fill := func(n int) string {
		text := strings.Repeat(filler, n/len(filler)+1)
		return base64.RawURLEncoding.EncodeToString([]byte(text[:n]))
	}
	return url + "&service=new&t=" + strconv.FormatInt(ticks(c.now), 10) +
		"&c=" + fill(2000) + "&s=" + fill(256) + "&h=" + fill(32)
}

// ticks is a time as .NET counts it: tenths of microseconds since the year 1.
func ticks(t time.Time) int64 {
	const unixEpoch = 621_355_968_000_000_000
	return unixEpoch + t.Unix()*10_000_000 + int64(t.Nanosecond()/100)
}

// operation is the operation that the path names.
func (c *call) operation() (*sim.Operation, error) {
	sub, err := c.subscription()
	if err != nil {
		return nil, err
	}
	id := c.arg("operation")
	op := c.world().Operation(id)
	if op == nil {
		op = past(sub, id)
	}
	if op == nil || op.Sub != sub || !strings.EqualFold(op.Region, c.arg("location")) {
		return nil, &refusal{status: http.StatusNotFound, code: "NotFound",
			message: "The operation '" + id + "' was not found; the service forgets operations that are long over."}
	}
	return op, nil
}

// statusNow is an operation's status and error, as far as a fault does not
// tell another story.
func (c *call) statusNow(op *sim.Operation) (string, *sim.Denial) {
	if c.hit != nil {
		switch c.hit.kind {
		case faultStuck:
			return running, nil
		case faultFailed:
			return failed, &sim.Denial{Code: "InternalServerError", Message: "The operation failed because a fault was injected."}
		}
	}
	return op.Status, op.Error
}

// computeStatus answers a poll of an operation on a compute.
func computeStatus(c *call) error {
	op, err := c.operation()
	if err != nil {
		return err
	}
	status, denial := c.statusNow(op)
	c.object("")
	c.str("status", status)
	if status != running {
		c.raw("percentComplete", "100.0")
	}
	c.failure(denial)
	c.endObject()
	return nil
}

// mfeStatus answers a poll of an operation on an endpoint or a deployment.
func mfeStatus(c *call) error {
	op, err := c.operation()
	if err != nil {
		return err
	}
	c.mfeBody(op)
	return nil
}

// mfeResult answers the same by way of the Location header.
func mfeResult(c *call) error {
	op, err := c.operation()
	if err != nil {
		return err
	}
	if status, _ := c.statusNow(op); status == running {
		c.status = http.StatusAccepted
		c.header.Set("Location", c.signed(c.operationURL(op, mfeResults)))
		return nil
	}
	c.mfeBody(op)
	return nil
}

func (c *call) mfeBody(op *sim.Operation) {
	status, denial := c.statusNow(op)
	c.object("")
	c.str("id", "/subscriptions/"+op.Sub.ID+"/providers/"+namespace+"/locations/"+op.Region+"/"+mfeOperations+"/"+op.ID)
	c.str("name", op.ID)
	if status == running {
		c.str("status", "Updating")
	} else {
		c.str("status", status)
	}
	c.time("startTime", op.Started)
	if status == running || op.Ended.IsZero() {
		c.str("endTime", "0001-01-01T00:00:00+00:00")
	} else {
		c.time("endTime", op.Ended)
	}
	c.raw("percentComplete", "0.0")
	c.failure(denial)
	c.endObject()
}

// failure is the error inside a status body, whose own HTTP status is 200.
func (c *call) failure(d *sim.Denial) {
	if d == nil {
		return
	}
	c.object("error")
	c.str("code", d.Code)
	c.str("message", d.Message)
	c.endObject()
}
