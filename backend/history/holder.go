package history

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
)

// holder is this program's name in the journal, with a lock on a file of that
// name. The system lets go of the lock when the program ends, however it ends:
// whoever can take a holder's lock knows that the holder is gone.
type holder struct {
	name string
	lock *flock.Flock
}

func lockPath(path, name string) string {
	return filepath.Join(filepath.Dir(path), "running-"+name+".lock")
}

// hold takes a name nobody has.
func hold(path string) (*holder, error) {
	name := strings.ToLower(rand.Text())
	if path == InMemory {
		return &holder{name: name}, nil
	}
	lock := flock.New(lockPath(path, name), flock.SetPermissions(0o600))
	ok, err := lock.TryLock()
	if err != nil || !ok {
		return nil, errors.Join(errors.New("take a lock in the state folder"), err)
	}
	return &holder{name: name, lock: lock}, nil
}

// alive reports whether the holder of a name still runs. What a dead one left
// behind is removed.
func alive(path, name string) bool {
	file := lockPath(path, name)
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return false
	}
	lock := flock.New(file)
	ok, err := lock.TryLock()
	if err != nil {
		return true // not to be told: better no one resumes than two
	}
	if ok {
		_ = lock.Close()
		_ = os.Remove(file)
	}
	return !ok
}

func (h *holder) release() error {
	if h.lock == nil {
		return nil
	}
	err := h.lock.Close()
	if gone := os.Remove(h.lock.Path()); !errors.Is(gone, fs.ErrNotExist) {
		err = errors.Join(err, gone)
	}
	return err
}
