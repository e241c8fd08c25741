package arm

import "net/http"

// groupExists answers whether a resource group exists: 204 or 404. It is the
// one question that ARM's clients ask with HEAD.
func groupExists(c *call) error {
	sub, err := c.subscription()
	if err != nil {
		return err
	}
	if err := c.group(sub); err != nil {
		return err
	}
	c.status = http.StatusNoContent
	return nil
}
