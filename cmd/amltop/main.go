// Command amltop is top for Azure Machine Learning compute: a dashboard in the
// terminal over every compute target a team pays for, and the same from
// scripts. Without an Azure account it opens on a simulated one.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/amltop/amltop/backend/azure"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], system{
		env: os.Getenv, now: time.Now, zone: time.Local,
		stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		onAzure: azure.OnAzureMachine,
	})
	stop()
	os.Exit(code)
}
