package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/amltop/amltop/backend/azure"
	"github.com/amltop/amltop/backend/sim"
)

func newConfig(o *options) *cobra.Command {
	cmd := &cobra.Command{Use: "config", Short: "Write, check or find the configuration file", Args: usage(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(
		&cobra.Command{Use: "path", Short: "Print where the configuration file is looked for", Args: usage(cobra.NoArgs),
			RunE: func(*cobra.Command, []string) error { return o.printConfigPath() }},
		&cobra.Command{Use: "init", Short: "Write a configuration file with every key at its default", Args: usage(cobra.NoArgs),
			RunE: func(*cobra.Command, []string) error { return o.initConfig() }},
		&cobra.Command{Use: "check", Short: "Check the configuration file", Args: usage(cobra.NoArgs),
			RunE: func(*cobra.Command, []string) error { return o.checkConfig() }},
	)
	return cmd
}

func (o *options) printConfigPath() error {
	path, _, err := o.configPath()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(o.sys.stdout, path)
	return err
}

// initConfig writes the documented example. It never overwrites a file.
func (o *options) initConfig() error {
	path, _, err := o.configPath()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make the configuration folder: %w", err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s exists already and is left alone; amltop config check reads it", path)
	}
	if err != nil {
		return fmt.Errorf("write configuration: %w", err)
	}
	if _, err := file.WriteString(exampleConfig()); err != nil {
		return errors.Join(fmt.Errorf("write configuration: %w", err), file.Close())
	}
	if err := file.Close(); err != nil {
		return fmt.Errorf("write configuration: %w", err)
	}
	_, err = fmt.Fprintln(o.sys.stdout, path)
	return err
}

func (o *options) checkConfig() error {
	path, named, err := o.configPath()
	if err != nil {
		return err
	}
	s, err := loadSettings(path, named)
	if err != nil {
		return err
	}
	if err := errors.Join(checkKeys(s), checkPlaces(s, o.sys)); err != nil {
		return usageError{fmt.Errorf("%s: %w", path, err)}
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		_, err = fmt.Fprintf(o.sys.stdout, "%s: no such file; the defaults hold\n", path)
		return err
	}
	_, err = fmt.Fprintf(o.sys.stdout, "%s: good\n", path)
	return err
}

// checkPlaces says what is wrong with the places that the settings name: what
// the dashboard would refuse to open on. Nothing is sent.
func checkPlaces(s settings, sys system) error {
	var errs []error
	if s.Endpoint != "" {
		if _, err := connectEndpoint(s.Endpoint, azure.Options{Now: sys.now, Cloud: string(s.Azure.Cloud)}); err != nil {
			errs = append(errs, err)
		}
	}
	if _, err := sim.Load(s.Sim.Scenario); err != nil {
		errs = append(errs, fmt.Errorf("sim.scenario: %w", err))
	}
	return errors.Join(errs...)
}
