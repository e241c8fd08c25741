package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/amltop/amltop/backend/sim/arm"
)

func newEmulate(o *options) *cobra.Command {
	var (
		listen      string
		faults      []string
		allowRemote bool
		noThrottle  bool
	)
	cmd := &cobra.Command{
		Use:   "emulate",
		Short: "Serve the simulated Azure to any ARM client on this machine",
		Long: `Serve the simulated Azure under ARM's real paths on loopback, so that amltop in
another terminal (--endpoint), az rest or an SDK can work with it. No sign-in is asked for.`,
		Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := o.settings()
			if err != nil {
				return err
			}
			ao := arm.Options{Throttle: !noThrottle}
			for _, text := range faults {
				fault, err := arm.ParseFault(text)
				if err != nil {
					return usageError{fmt.Errorf("--fault: %w", err)}
				}
				ao.Faults = append(ao.Faults, fault)
			}
			return emulate(cmd.Context(), o.sys, s, listen, allowRemote, ao)
		},
	}
	f := cmd.Flags()
	f.StringVar(&listen, "listen", "127.0.0.1:7070", "`address` to listen on; port 0 takes a free one")
	f.StringArrayVar(&faults, "fault", nil, "inject a `fault`, such as computes:429:3; repeat for more; kinds: "+arm.FaultKinds())
	f.BoolVar(&allowRemote, "allow-remote", false, "listen on an address other machines can reach")
	f.BoolVar(&noThrottle, "no-throttle", false, "do not enforce ARM's request limits")
	return cmd
}

// emulate serves until the context ends.
func emulate(ctx context.Context, sys system, s settings, listen string, allowRemote bool, ao arm.Options) error {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return usagef("--listen %q is not an address such as 127.0.0.1:7070", listen)
	}
	if !allowRemote {
		if !loopback(host) {
			return usagef("--listen %s: other machines could reach that; use 127.0.0.1, or add --allow-remote", listen)
		}
		ao.AllowHosts = []string{"localhost", "127.0.0.1", "::1", host} // host may be another loopback address, such as 127.0.0.2
	}
	server, err := newSimulator(s, sys, ao)
	if err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", listen)
	if err != nil {
		if errors.Is(err, syscall.EADDRINUSE) {
			return fmt.Errorf("%s is taken by another program; choose another port with --listen, or port 0 for a free one", listen)
		}
		var address *net.AddrError
		if errors.As(err, &address) {
			return usagef("--listen %s: %s", listen, address.Err)
		}
		return fmt.Errorf("listen on %s: %w", listen, err)
	}
	fmt.Fprintf(sys.stderr, "amltop: scenario %s ×%g on http://%s; try amltop --endpoint http://%s; ctrl-c ends it\n",
		s.Sim.Scenario, float64(s.Sim.Speed), listener.Addr(), listener.Addr())
	return serve(ctx, listener, server)
}

// serve answers until the context ends, then lets running answers finish.
func serve(ctx context.Context, listener net.Listener, handler http.Handler) error {
	web := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	failed := make(chan error, 1)
	go func() { failed <- web.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := web.Shutdown(grace); err != nil {
		_ = web.Close() // who has not finished by now is cut off
	}
	<-failed
	return nil
}

// loopback reports whether a listening host is reachable from this machine only.
func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
