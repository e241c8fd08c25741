package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"
)

func newInfo(o *options) *cobra.Command {
	return &cobra.Command{
		Use:   "info",
		Short: "Print where configuration, history and journal are",
		Args:  usage(cobra.NoArgs),
		RunE:  func(cmd *cobra.Command, _ []string) error { return o.printInfo(cmd.Context()) },
	}
}

// printInfo prints the places of everything that amltop keeps. Nothing is
// asked of Azure but a token, where it has to be known which history is meant.
func (o *options) printInfo(ctx context.Context) error {
	config, _, err := o.configPath()
	if err != nil {
		return err
	}
	s, err := o.settings()
	if err != nil {
		return err
	}
	at, err := reach(ctx, s, o.sys)
	if err != nil {
		return err
	}
	origin := at.cloud.Origin()
	past := s.historyPath(o.sys, origin)
	switch {
	case s.fleeting(origin):
		past = "none: the simulator in this process begins anew every time (--state-dir keeps it)"
	case past == "":
		past = "none: no state folder is known; set one with [state] dir"
	default:
		past = filed(past)
	}
	rows := [][2]string{
		{"version", versionText()},
		{"configuration", filed(config)},
		{"state folder", orNone(s.stateDir(o.sys))},
		{"history and journal", past},
		{"kept", fmt.Sprintf("every change for %d days, %d MB at most", s.History.Keep, s.History.MaxSize>>20)},
	}
	for _, r := range rows {
		if _, err := fmt.Fprintf(o.sys.stdout, "%-21s%s\n", r[0], r[1]); err != nil {
			return err
		}
	}
	return nil
}

// filed is a path, and whether there is such a file yet.
func filed(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return path + " (no such file)"
	}
	return fmt.Sprintf("%s (%d kB)", path, (info.Size()+1023)>>10)
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
