package main

import (
	"fmt"
	"strings"
)

// settingDoc documents one key of the configuration. The table of them is what
// config.toml.example, "config init" and the hints on unknown keys are made
// from; a test holds it against the settings' types and defaults.
type settingDoc struct {
	table string // "" for the top
	key   string // "" for a note on the table itself
	value string // default, as TOML; "" where a missing key means something no value says
	doc   string
	shown string // example for a key without a default
}

const exampleHead = `The configuration of amltop. Every key is optional; the values here are the
defaults. "amltop config path" says where the file is looked for, "amltop
config check" reads it. Unknown keys and bad values are errors. The program
never writes to a file that exists.`

var settingDocs = []settingDoc{
	{key: "backend", value: `"auto"`, doc: `Where the data comes from: "auto" (the endpoint if one is set, else Azure if
somebody is signed in, else the simulator), "sim" (the simulator in this
process), "azure" (Azure).`},
	{key: "endpoint", value: `""`, doc: `URL of an ARM endpoint, such as "http://127.0.0.1:7070" of amltop emulate;
with backend = "azure", the address Azure is reached at. Plain http is for
loopback only.`},
	{key: "read_only", value: `false`, doc: `Take every action that changes something away: keys and command line.`},

	{table: "azure", key: "cloud", value: `"public"`, doc: `The cloud: "public", "usgovernment" or "china".`},
	{table: "azure", key: "tenant", value: `""`, doc: `Tenant to sign in to, an id or a domain; empty for the credential's own.`},
	{table: "azure", key: "sign_in", value: `"auto"`, doc: `How to sign in: "environment" (AZURE_CLIENT_ID and the like), "workload"
(workload identity), "managed" (managed identity), "az", "azd" (as they are
signed in), "device" (a code, entered in any browser), or "auto": each of the
others in this order, until one has a token.`},

	{table: "azure", key: "subscriptions", value: `[]`, doc: `Only these subscriptions, by id or name; * and ? stand for any letters, as in
"prod-*". Empty: every one the signed-in account can read. Others are not asked.`},
	{table: "azure", key: "workspaces", value: `[]`, doc: `Only these workspaces, likewise. The targets of others are not asked for.`},
	{table: "azure", key: "favourites", value: `[]`, doc: `Workspaces that are read first and more often, likewise.`},

	{table: "sim", key: "scenario", value: `"demo"`, doc: `The simulated Azure: a built-in scenario ("demo", "fleet", "failing",
"empty") or the path of a scenario file.`},
	{table: "sim", key: "speed", value: `60`, doc: `Virtual seconds a real second, 1 to 3600.`},
	{table: "sim", key: "seed", value: `1`, doc: `Seed of everything random. The same seed gives the same history.`},

	{table: "ui", key: "theme", value: `"auto"`, doc: `"auto" asks the terminal for its background; "dark"; "light"; "mono" uses no
colour. NO_COLOR in the environment is the same as "mono".`},
	{table: "ui", key: "start", value: `""`, doc: `What to start with: a command as after ":", such as "instances /owner:ana".`},
	{table: "ui", key: "mouse", value: `false`, doc: `Take the mouse: the wheel scrolls, a click selects. The terminal's own text
selection then needs its modifier key.`},
	{table: "ui", key: "time_zone", shown: `"Europe/Madrid"`, doc: `IANA time zone in which days and months begin; without the key, the machine's.`},
	{table: "ui", key: "fps", value: `60`, doc: `Most screen updates a second, 1 to 120. Fewer cost less, more feel quicker.`},

	{table: "operations", key: "grace", value: `"5s"`, doc: `How long an action waits before anything is sent, so that it can be undone.`},

	{table: "poll", key: "transition", value: `"2s"`, doc: `How often targets on their way to another state are asked for, 1s or more.
Azure's request limits come first, here and below.`},
	{table: "poll", key: "on_screen", value: `"5s"`, doc: `How often the targets on the screen are asked for.`},
	{table: "poll", key: "rest", value: `"30s"`, doc: `How often all other compute targets are asked for; jobs and endpoints half as
often.`},

	{table: "poll", key: "share", value: `50`, doc: `How much of each of Azure's request allowances to use, in per cent, 1 to 90.
They count for everything that signs in as you do: leave others some.`},

	{table: "cost", key: "currency", value: `"USD"`, doc: `What prices are in (ISO 4217). The service's own prices and the built-in table
are in US dollars; for another currency the public retail price list is asked,
and what it does not have is not known: nothing is converted.`},
	{table: "cost", key: "disk", value: `"0.027"`, doc: `What a compute instance costs an hour besides its VM, also while it is stopped.
The defaults are Azure's list prices in eastus, in US dollars; with another
currency they do not hold, and without figures of yours are not known.
P10 premium disk, 128 GiB: $19.71 a month of 730 hours.`},
	{table: "cost", key: "load_balancer", value: `"0.01375"`, doc: `Standard load balancer: $0.33 a day.`},
	{table: "cost", key: "public_ip", value: `"0.005"`, doc: `Standard static public IPv4 address.`},

	{table: "cost.discount", doc: `What list prices of VMs are multiplied by, as negotiated: by VM family, series
or size, in which * and ? stand for any letters. The most exact one holds.
Examples: "standardNCSv3Family" = 0.7, "NC*" = 0.72, "*" = 0.9`},

	{table: "budget", doc: `What a part of the fleet may cost a month: any number of these. "amltop ls
budgets" and the overview say how they stand.`},
	{table: "budget", key: "name", shown: `"vision"`, doc: `What it is called.`},
	{table: "budget", key: "filter", shown: `"workspace:vision"`, doc: `Which targets it is for, in the language of "/": name, kind, workspace,
subscription, group, owner, location, size, series, or a tag of the target or
its workspace, as in "tag:team=vision". Without it: all.`},
	{table: "budget", key: "month", shown: `"5000"`, doc: `The amount a month, in the currency of [cost].`},
	{table: "budget", key: "warn", shown: `0.8`, doc: `From which part of it on to warn.`},

	{table: "state", key: "dir", value: `""`, doc: `The folder of what amltop remembers: history, unfinished operations, sort
orders. Empty: the system's own, which "amltop info" prints. What is seen in
the simulator in this process is kept only if a folder is named.`},

	{table: "history", key: "keep", value: `"90d"`, doc: `How long every change of state is kept; of what is older, days are, as long as
there is room. 35d to 3650d.`},
	{table: "history", key: "max_size", value: `"1GB"`, doc: `How large the file may grow, in MB or GB. The oldest days go first.`},

	{table: "keys", doc: `Keys by action, in place of the built-in ones; an empty list unbinds. "?" in
the program and docs/keys.md list the actions. Example: stop = ["x", "f8"]`},
}

// arrayTable is the table that there can be several of.
const arrayTable = "budget"

// settingKeys are the keys of a table; for the top, the tables too.
func settingKeys(table string) []string {
	var keys []string
	seen := map[string]bool{"": true}
	for _, d := range settingDocs {
		switch {
		case d.table == table && d.key != "":
			keys = append(keys, d.key)
		case table == "" && !seen[d.table]:
			seen[d.table] = true
			keys = append(keys, "["+d.table+"]")
		}
	}
	return keys
}

// exampleConfig is the text of config.toml.example.
func exampleConfig() string {
	var b strings.Builder
	comment(&b, exampleHead)
	table := ""
	for _, d := range settingDocs {
		b.WriteByte('\n')
		if d.table != table {
			table = d.table
			if d.key == "" {
				comment(&b, d.doc)
			}
			if table == arrayTable { // one that stands there is a budget
				fmt.Fprintf(&b, "# [[%s]]\n", table)
			} else {
				fmt.Fprintf(&b, "[%s]\n", table)
			}
			if d.key == "" {
				continue
			}
		}
		comment(&b, d.doc)
		if d.value == "" {
			fmt.Fprintf(&b, "# %s = %s\n", d.key, d.shown)
			continue
		}
		fmt.Fprintf(&b, "%s = %s\n", d.key, d.value)
	}
	return b.String()
}

func comment(b *strings.Builder, text string) {
	for line := range strings.Lines(text) {
		b.WriteString("# " + strings.TrimRight(line, "\n") + "\n")
	}
}
