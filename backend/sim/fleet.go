package sim

// muster is filled in next.
func (w *World) muster(def fleetDef, tenant string) error { _, _ = def, tenant; return nil }
