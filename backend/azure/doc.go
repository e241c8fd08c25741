// Package azure is the one client of Azure Resource Manager: it implements
// backend.Cloud over azure-sdk-for-go, whether the other end is Azure, an
// emulator on loopback or the simulator in this process.
//
// The SDK builds every request, follows pages and attaches the token. Bodies
// are decoded here, by wire.go: the SDK's types drop fields the program lives
// on, such as idleTimeBeforeShutdown, and fail on values they do not expect.
// Here an unknown, missing or oddly typed field is unknown, never an error, and
// every text that enters goes through clean.go.
//
// What leaves as an error is a *model.Refusal.
package azure
