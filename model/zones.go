package model

import "time"

// windowsZones are the standard offsets, in minutes, of the Windows time zones
// that schedules name. The service's schedules ignore daylight saving time, so
// an offset is all there is to a zone.
var windowsZones = map[string]int{
	"": 0, "utc": 0, "gmt standard time": 0, "greenwich standard time": 0,
	"w. europe standard time": 60, "central europe standard time": 60, "romance standard time": 60,
	"e. europe standard time": 120, "fle standard time": 120, "israel standard time": 120,
	"russian standard time": 180, "arabian standard time": 240, "india standard time": 330,
	"china standard time": 480, "singapore standard time": 480, "tokyo standard time": 540,
	"aus eastern standard time": 600, "new zealand standard time": 720,
	"e. south america standard time": -180, "atlantic standard time": -240, "eastern standard time": -300,
	"central standard time": -360, "mountain standard time": -420, "pacific standard time": -480,
	"azores standard time": -60, "argentina standard time": -180, "newfoundland standard time": -210,
	"sa pacific standard time": -300, "us eastern standard time": -300, "canada central standard time": -360,
	"central standard time (mexico)": -360, "us mountain standard time": -420, "alaskan standard time": -540,
	"hawaiian standard time": -600, "central european standard time": 60, "w. central africa standard time": 60,
	"gtb standard time": 120, "egypt standard time": 120, "south africa standard time": 120, "turkey standard time": 180,
	"arab standard time": 180, "e. africa standard time": 180, "iran standard time": 210, "pakistan standard time": 300,
	"nepal standard time": 345, "bangladesh standard time": 360, "se asia standard time": 420, "taipei standard time": 480,
	"w. australia standard time": 480, "korea standard time": 540, "cen. australia standard time": 570,
	"e. australia standard time": 600, "tonga standard time": 780,
}

// WindowsZone is the zone that schedules mean by a Windows time zone name, in
// whatever case: its standard time all year, as the service has it. "" is UTC.
// False: not a name known here.
func WindowsZone(name string) (*time.Location, bool) {
	minutes, ok := windowsZones[Fold(name)]
	if !ok {
		return nil, false
	}
	if minutes == 0 {
		return time.UTC, true
	}
	return time.FixedZone(name, minutes*60), true
}
